using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>
/// A CSV file of a million rows and twenty columns, and one of a tenth: uploaded to the portal (digest, scan with places of errors, Parquet,
/// profile), and read to Parquet by DuckDB alone, each in a process of its own. Then one of 2 GB, for the memory that it takes.
/// </summary>
internal static class ImportPart
{
    private const int Rounds = 3;
    private const long LargeBytes = 2_000_000_000;
    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-import-").FullName;
        try
        {
            var measured = new List<Figures>();
            foreach (var rows in Sizes) measured.Add(await CompareAsync(folder, rows));
            var (seconds, peak, bytes) = await LargeAsync(folder);
            return string.Join('\n', [
                Lines.Head("", "DuckDB alone: CSV to Parquet, s", "peak memory, MB", "portal: upload, digest, scan, Parquet, profile, s", "peak memory, MB", "ratio"),
                .. measured.Select(m => Lines.Row(m.Name, Lines.Number(m.Alone, "0.00"), Lines.Number(m.AlonePeak / 1e6), Lines.Number(m.Ours, "0.00"), Lines.Number(m.OursPeak / 1e6), Lines.Number(m.Ours / m.Alone, "0.0"))),
                Lines.Row($"{Lines.Number(bytes / 1e6)} MB × 20 columns", "", "", Lines.Number(seconds, "0.0"), Lines.Number(peak / 1e6), ""),
                "",
                $"Medians of {Rounds} rounds in turns; the largest file once. The portal's memory is the whole process's, started for each row of the table."]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The process that is compared with: prints its seconds.</summary>
    public static async Task AloneAsync(string file, string parquet)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET threads = {Environment.ProcessorCount}; COPY (SELECT * FROM read_csv('{file}')) TO '{parquet}' (FORMAT parquet)";
        var watch = Stopwatch.StartNew();
        await command.ExecuteNonQueryAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:R} {Lines.PeakBytes(Environment.ProcessId)}"));
    }

    private static async Task<Figures> CompareAsync(string folder, int rows)
    {
        var file = Path.Combine(folder, "rows.csv");
        await Rows.WriteAsync(file, rows, 7);
        await using var portal = await PortalProcess.StartAsync("Production");
        var (ours, alone) = (new List<double>(), new List<(double Seconds, long Peak)>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await AloneInItsProcessAsync(file, Path.Combine(folder, "alone.parquet")));
            ours.Add(await TimeAsync(portal, file, $"rows{round}"));
        }

        var name = $"{Lines.Number(rows)} rows × 20 columns, {Lines.Number(new FileInfo(file).Length / 1e6)} MB";
        return new(name, Median(ours), Lines.PeakBytes(portal.ProcessId), Median(alone.Select(a => a.Seconds)), alone.Max(a => a.Peak));
    }

    private static async Task<(double Seconds, long Peak, long Bytes)> LargeAsync(string folder)
    {
        var (small, file) = (Path.Combine(folder, "rows.csv"), Path.Combine(folder, "large.csv"));
        var text = await File.ReadAllBytesAsync(small);
        var head = Array.IndexOf(text, (byte)'\n') + 1;
        await using (var large = File.Create(file))
        {
            await large.WriteAsync(text.AsMemory(0, head));
            while (large.Length < LargeBytes) await large.WriteAsync(text.AsMemory(head));
        }

        await using var portal = await PortalProcess.StartAsync("Production");
        var seconds = await TimeAsync(portal, file, "large");
        return (seconds, Lines.PeakBytes(portal.ProcessId), new FileInfo(file).Length);
    }

    private static async Task<(double Seconds, long Peak)> AloneInItsProcessAsync(string file, string parquet)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ImportPart).Assembly.Location);
        foreach (var argument in new[] { "duckdb", file, parquet }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
        await process.WaitForExitAsync();
        return (double.Parse(said[0], CultureInfo.InvariantCulture), long.Parse(said[1], CultureInfo.InvariantCulture));
    }

    private static async Task<double> TimeAsync(PortalProcess portal, string file, string dataset)
    {
        var watch = Stopwatch.StartNew();
        await Rows.UploadAsync(portal, file, dataset);
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().Skip((Rounds - 1) / 2).First();

    private sealed record Figures(string Name, double Ours, long OursPeak, double Alone, long AlonePeak);
}
