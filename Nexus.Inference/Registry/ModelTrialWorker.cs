using System.Diagnostics;
using System.Text.Json;
using Nexus.Data;

namespace Nexus.Inference.Registry;

/// <summary>Tries one model, in a process of its own: a file that breaks the runtime, or never lets it go, ends with the process.</summary>
public static class ModelTrialWorker
{
    /// <summary>The portal's executable with this argument alone is a worker.</summary>
    public const string Argument = "model-trial-worker";

    /// <summary>Reads the work from standard input, writes what is wrong with the model to standard output.</summary>
    public static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var work = JsonSerializer.Deserialize<ModelTrialWork>(input)!;
        using var own = Process.GetCurrentProcess();
        if (OperatingSystem.IsWindows() || OperatingSystem.IsLinux()) own.PriorityClass = ProcessPriorityClass.BelowNormal;

        // Should nobody be there any more to end it.
        using var end = new Timer(_ => Process.GetCurrentProcess().Kill(), null, work.Limit + TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        JsonSerializer.Serialize(output, Answer(work));
        return 0;
    }

    internal static ModelTrialAnswer Answer(ModelTrialWork work)
    {
        using var limit = new CancellationTokenSource(work.Limit);
        try
        {
            ModelTrial.Run(work.Path, work.Signature, limit.Token);
            return new(null);
        }
        catch (RefusedException refused)
        {
            return new(limit.IsCancellationRequested ? SmokeRun.TooSlow : refused.Message);
        }
    }
}
