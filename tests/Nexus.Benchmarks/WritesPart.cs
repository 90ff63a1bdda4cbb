using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Identity;

namespace Nexus.Benchmarks;

/// <summary>Ledger entries, each chained and flushed to the device with its own save, and a hundred to a save; in a short ledger and in one ten times as long.</summary>
internal static class WritesPart
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private static readonly int[] Sizes = [2_000, 20_000];

    public static async Task<string> RunAsync()
    {
        await using var store = await Store.OpenAsync();
        var (one, hundred) = (new List<double>(), new List<double>());
        foreach (var size in Sizes)
        {
            await FillAsync(store.Contexts, size);
            one.Add(await AppendAsync(store.Contexts, 1));
            hundred.Add(await AppendAsync(store.Contexts, 100));
        }

        return string.Join('\n',
            Lines.Head(["ledger on SQLite, every commit flushed to the device", .. Sizes.Select(s => $"entries/s from {Lines.Number(s)} on"), "ratio"]),
            Row("one entry a save", one), Row("100 entries a save", hundred));

        static string Row(string name, List<double> rates) => Lines.Row(name, Lines.Number(rates[0]), Lines.Number(rates[1]), Lines.Number(rates[1] / rates[0], "0.00"));
    }

    private static async Task FillAsync(IDbContextFactory<NexusDb> contexts, int size)
    {
        int there;
        await using (var db = await contexts.CreateDbContextAsync()) there = await db.LedgerEntries.CountAsync();
        for (; there < size; there += 500) await SaveAsync(contexts, 500, there);
    }

    private static async Task<double> AppendAsync(IDbContextFactory<NexusDb> contexts, int entries)
    {
        var (watch, written) = (Stopwatch.StartNew(), 0);
        for (; watch.Elapsed < Length; written += entries) await SaveAsync(contexts, entries, written);
        return written / watch.Elapsed.TotalSeconds;
    }

    private static async Task SaveAsync(IDbContextFactory<NexusDb> contexts, int entries, int number)
    {
        await using var db = await contexts.CreateDbContextAsync();
        for (var i = 0; i < entries; i++) Ledger.Append(db, Actor.System, "benchmark.entry", "benchmark/1", new { number = number + i });
        await db.SaveChangesAsync();
    }
}
