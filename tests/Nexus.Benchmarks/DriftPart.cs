using System.Diagnostics;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>What has changed between two versions of twenty columns, asked of the portal; and the plain way over raw rows in memory.</summary>
internal static class DriftPart
{
    private const int Bins = 10;
    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-drift-").FullName;
        try
        {
            await using var portal = await PortalProcess.StartAsync("Production");
            var (asked, again, plain) = (new List<double>(), new List<double>(), new List<double>());
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
                plain.Add(Plain(rows));
            }

            return string.Join('\n',
                Lines.Head(["20 columns, each against its own of the version before", .. Sizes.Select(s => $"{Lines.Number(s)} rows, ms"), "ratio"]),
                Row("portal: PSI of every column against its limit, new categories, missing, rows in common", asked),
                Row("portal: the same question again", again),
                Row("sorting the raw numbers in memory, one thread: KS, PSI, Wasserstein", plain),
                "",
                "The portal reads its Parquet files. Of more than 200,000 rows it bins as many drawn by a fixed hash; categories and rows in common are of all rows.");
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

    private static double Plain(int rows)
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
            if (!double.IsFinite(Distances(before, now) + Stability(before, now))) throw new InvalidOperationException("No number.");
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
            var (expected, actual) = (1.0 / Bins, (to - from + 0.5) / now.Length);
            (index, from) = (index + ((actual - expected) * Math.Log(actual / expected)), to);
        }

        return index;
    }
}
