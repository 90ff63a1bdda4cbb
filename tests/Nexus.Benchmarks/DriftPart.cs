using System.Diagnostics;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>
/// What has changed between two versions of twenty columns, asked of the portal; and the plain way over numbers that lie in memory: of as
/// many rows the one index that the portal works out, and of all rows the three that are usual.
/// </summary>
internal static class DriftPart
{
    private const int Bins = 10;

    /// <summary>As many the portal bins of a longer version.</summary>
    private const int Drawn = 200_000;
    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-drift-").FullName;
        try
        {
            await using var portal = await PortalProcess.StartAsync("Production");
            var (asked, again, alike, all) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            foreach (var rows in Sizes)
            {
                var (file, name) = (Path.Combine(folder, "rows.csv"), $"drift-{rows}");
                foreach (var version in new[] { 1, 2 })
                {
                    await Rows.WriteAsync(file, rows, version, (version - 1) / 100.0);
                    await Rows.UploadAsync(portal, file, name);
                }

                asked.Add(await AskAsync(portal, name));
                again.Add(await AskAsync(portal, name));
                alike.Add(Plain(Math.Min(rows, Drawn), Stability));
                all.Add(Plain(rows, (before, now) => Distances(before, now) + Stability(before, now)));
            }

            return string.Join('\n',
                Lines.Head(["20 columns, each against its own of the version before", .. Sizes.Select(s => $"{Lines.Number(s)} rows, ms"), "ratio"]),
                Row("portal: PSI over ten bins of every column against its limit, on at most 200,000 rows of each version; new categories, missing; rows in common, of all rows", asked),
                Row("portal: the same question again", again),
                Row($"numbers in memory, sorted, one thread: PSI over ten bins of {Rows.Numbers} columns, on at most 200,000 rows of each version", alike),
                Row($"numbers in memory, sorted, one thread: KS, PSI, Wasserstein of {Rows.Numbers} columns, on all rows", all),
                "",
                "PSI is the same on both sides: deciles of the version before, half a row added to each bin; the portal has one bin more, for what is missing. It reads its Parquet files, and draws the 200,000 rows by a fixed hash; it works out neither KS nor Wasserstein. The plain way finds its numbers read already, and has no time and no text among its columns.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Row(string name, List<double> times) =>
        Lines.Row(name, Lines.Number(times[0], "N1"), Lines.Number(times[1], "N1"), Lines.Number(times[1] / times[0], "0.0"));

    private static async Task<double> AskAsync(PortalProcess portal, string dataset)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await portal.Http.GetAsync($"/api/v1/datasets/{dataset}/versions/2/comparison");
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Plain(int rows, Func<double[], double[], double> index)
    {
        var random = new Random(7);
        var (before, now) = (new double[rows], new double[rows]);
        var time = TimeSpan.Zero;
        for (var column = 0; column < Rows.Numbers; column++)
        {
            for (var i = 0; i < rows; i++) (before[i], now[i]) = (random.NextDouble(), random.NextDouble() + 0.01);
            var from = Stopwatch.GetTimestamp();
            Array.Sort(before);
            Array.Sort(now);
            if (!double.IsFinite(index(before, now))) throw new InvalidOperationException("No number.");
            time += Stopwatch.GetElapsedTime(from);
        }

        return time.TotalMilliseconds;
    }

    /// <summary>Kolmogorov-Smirnov and Wasserstein in one walk along both.</summary>
    private static double Distances(double[] before, double[] now)
    {
        var (i, j, most, area, at) = (0, 0, 0.0, 0.0, Math.Min(before[0], now[0]));
        while (i < before.Length && j < now.Length)
        {
            var next = Math.Min(before[i], now[j]);
            var apart = Math.Abs(((double)i / before.Length) - ((double)j / now.Length));
            (most, area, at) = (Math.Max(most, apart), area + (apart * (next - at)), next);
            while (i < before.Length && before[i] <= next) i++;
            while (j < now.Length && now[j] <= next) j++;
        }

        return most + area;
    }

    private static double Stability(double[] before, double[] now)
    {
        var (index, from) = (0.0, 0);
        for (var bin = 1; bin <= Bins; bin++)
        {
            var place = bin == Bins ? -1 : Array.BinarySearch(now, before[bin * before.Length / Bins]);
            var to = bin == Bins ? now.Length : place < 0 ? ~place : place;
            var reference = (bin * before.Length / Bins) - ((bin - 1) * before.Length / Bins);
            var (expected, actual) = ((reference + 0.5) / (before.Length + (Bins / 2.0)), (to - from + 0.5) / (now.Length + (Bins / 2.0)));
            (index, from) = (index + ((actual - expected) * Math.Log(actual / expected)), to);
        }

        return index;
    }
}
