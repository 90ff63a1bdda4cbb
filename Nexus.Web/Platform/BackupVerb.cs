using System.Diagnostics;
using Nexus.Data;
using Nexus.Data.Storage.Backups;
using Nexus.Inference;

namespace Nexus.Web.Platform;

/// <summary>
/// <c>Nexus.Web backup DIR</c> and <c>Nexus.Web restore DIR</c>, with the portal's own configuration. Ends with 0 when done, 1 when
/// something failed, 2 when the call is not understood, 3 when it was refused, 4 when damaged blobs were left out or the ledger is broken.
/// </summary>
internal static class BackupVerb
{
    private const string Backup = "backup";
    private const string Restore = "restore";

    private const int Done = 0;
    private const int Failed = 1;
    private const int Misunderstood = 2;
    private const int NotAllowed = 3;
    private const int DoneWithDamage = 4;

    public static bool Is(string[] args) => args is [Backup or Restore, ..];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2 || args[1].StartsWith('-'))
        {
            await Console.Error.WriteLineAsync($"Nexus.Web {args[0]} DIR [--Nexus:DataDirectory=…]");
            return Misunderstood;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            await using var services = Services(args[2..]);
            return args[0] == Backup ? await BackUpAsync(services, args[1], stop.Token) : await RestoreAsync(services, args[1], stop.Token);
        }
        catch (RefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return NotAllowed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Broken off.");
            return Failed;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"It failed: {failure}");
            return Failed;
        }
    }

    private static async Task<int> BackUpAsync(ServiceProvider services, string folder, CancellationToken ct)
    {
        var damaged = await services.GetRequiredService<BackupService>().RunAsync(folder, Console.WriteLine, ct);
        foreach (var digest in damaged) await Console.Error.WriteLineAsync($"Left out: blob {digest} is damaged in the store itself.");
        return damaged.Count == 0 ? Done : DoneWithDamage;
    }

    private static async Task<int> RestoreAsync(ServiceProvider services, string folder, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var ledger = await services.GetRequiredService<RestoreService>().RunAsync(folder, Console.WriteLine, ct);
        if (ledger.FirstBroken is { } broken)
        {
            await Console.Error.WriteLineAsync($"Restored, but the ledger is broken at entry {broken.Sequence}: {broken.Reason}");
            return DoneWithDamage;
        }

        Console.WriteLine($"Restored in {watch.Elapsed.TotalSeconds:F1} s; the ledger verifies up to entry {ledger.Entries:N0}.");
        return Done;
    }

    /// <summary>What is remembered and the journal, as the portal has them; nothing of it is started.</summary>
    private static ServiceProvider Services(string[] args)
    {
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null });
        builder.Services.AddSingleton<IConfiguration>(builder.Configuration).AddNexusData(builder.Configuration).AddNexusInference();
        builder.Services.AddLogging(logging => logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        return builder.Services.BuildServiceProvider();
    }
}
