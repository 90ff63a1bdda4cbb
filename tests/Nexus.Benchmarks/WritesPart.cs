using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Storage;

namespace Nexus.Benchmarks;

/// <summary>Ledger entries, each chained and flushed to the device with its own save, and a hundred to a save.</summary>
internal static class WritesPart
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-writes-").FullName;
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Nexus:DataDirectory", folder)]).Build();
            await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddNexusData(configuration).BuildServiceProvider();
            await services.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
            var contexts = services.GetRequiredService<IDbContextFactory<NexusDb>>();
            return string.Join('\n',
                Lines.Head("SQLite, every commit flushed to the device", "entries/s"),
                Lines.Row("ledger, one entry a save", Lines.Number(await AppendAsync(contexts, 1))),
                Lines.Row("ledger, 100 entries a save", Lines.Number(await AppendAsync(contexts, 100))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> AppendAsync(IDbContextFactory<NexusDb> contexts, int entries)
    {
        var (watch, written) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < Length)
        {
            await using var db = await contexts.CreateDbContextAsync();
            for (var i = 0; i < entries; i++) Ledger.Append(db, Actor.System, "benchmark.entry", "benchmark/1", new { number = written + i });
            await db.SaveChangesAsync();
            written += entries;
        }

        return written / watch.Elapsed.TotalSeconds;
    }
}
