using System.Text.Json;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Data.Storage.Workers;

namespace Nexus.Inference.Registry;

/// <summary>
/// Has a foreign model tried before it is let in, in a process of its own, bounded in memory and time, so that a hostile file
/// costs no more than a refusal.
/// </summary>
public sealed class SmokeRun(WorkerProgram program, ILogger<SmokeRun> logger)
{
    /// <summary>How long loading and running may take in all.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    internal static readonly string TooSlow = $"The model did not answer three rows within {Limit.TotalSeconds:0} s.";

    /// <summary>For the start of the process, and for what the runtime does not interrupt by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const long BaseBytes = 512L << 20;
    private const string Broken = "The model breaks the runtime that would serve it. It was tried in a process of its own; nothing was harmed.";

    /// <exception cref="RefusedException">Invalid, with the runtime's own words, where it does not load or run.</exception>
    public async Task CheckAsync(string path, ModelSignature signature, CancellationToken ct)
    {
        var file = Path.GetFullPath(path);

        // The file is held three times while it is loaded: as it is, as a graph, and as weights.
        var bounds = new WorkerBounds(ModelTrial.MaxMemory + (3 * new FileInfo(file).Length) + BaseBytes, Limit + Grace, 64 * 1024);
        var work = new ModelTrialWork(file, signature, Limit);
        var (end, answer) = await new WorkerProcess(program, ModelTrialWorker.Argument, logger)
            .AskAsync((input, stop) => JsonSerializer.SerializeAsync(input, work, cancellationToken: stop), bounds, Path.GetDirectoryName(file)!, ct);
        var refusal = end switch
        {
            WorkerEnd.Answered => Parse(answer),
            WorkerEnd.OverTime => TooSlow,
            WorkerEnd.OverMemory => $"The model needs more than {bounds.Resident >> 20:N0} MB of memory to run.",
            _ => Broken,
        };
        if (refusal is not null) throw Refused.Invalid("model", refusal);
    }

    private static string? Parse(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelTrialAnswer>(answer)!.Refusal;
        }
        catch (JsonException)
        {
            return Broken; // it ended amidst its answer
        }
    }
}
