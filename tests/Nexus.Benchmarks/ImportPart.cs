using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using DuckDB.NET.Data;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>
/// A CSV file of a million rows and twenty columns: uploaded to the portal (digest, scan with places of errors, Parquet, profile), and
/// read to Parquet by DuckDB alone, each in a process of its own.
/// </summary>
internal static class ImportPart
{
    private const int Rows = 1_000_000;
    private const int Rounds = 3;

    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-import-").FullName;
        try
        {
            var file = Path.Combine(folder, "rows.csv");
            await WriteAsync(file);
            await using var portal = await PortalProcess.StartAsync("Production");
            var (ours, alone) = (new List<double>(), new List<(double Seconds, long Peak)>());
            for (var round = 0; round < Rounds; round++)
            {
                alone.Add(await AloneInItsProcessAsync(file, Path.Combine(folder, "alone.parquet")));
                ours.Add(await UploadAsync(portal, file, $"rows{round}"));
            }

            var (us, them) = (Median(ours), Median(alone.Select(a => a.Seconds)));
            return string.Join('\n',
                Lines.Head("1 M rows × 20 columns, " + Lines.Number(new FileInfo(file).Length / 1e6) + " MB", "seconds", "ratio", "peak memory, MB"),
                Lines.Row("DuckDB alone: CSV to Parquet", Lines.Number(them, "0.0"), "1", Lines.Number(alone.Max(a => a.Peak) / 1e6)),
                Lines.Row("portal: upload, digest, scan, Parquet, profile", Lines.Number(us, "0.0"), Lines.Number(us / them, "0.0"), Lines.Number(Lines.PeakBytes(portal.ProcessId) / 1e6)),
                "",
                $"Medians of {Rounds} rounds in turns. The portal's memory is the whole process's.");
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

    private static async Task<double> UploadAsync(PortalProcess portal, string file, string name)
    {
        await using var stream = File.OpenRead(file);
        using var content = new StreamContent(stream, 1 << 20) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var http = portal.ClientFor(PortalProcess.BootstrapKey);
        var watch = Stopwatch.StartNew();
        using var answer = await http.PostAsync($"/api/v1/datasets/{name}/versions", content);
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task WriteAsync(string file)
    {
        var random = new Random(7);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("at,kind," + string.Join(',', Enumerable.Range(0, 18).Select(i => $"n{i}")));
        for (var row = 0; row < Rows; row++)
        {
            await writer.WriteAsync(DateTime.UnixEpoch.AddSeconds(row).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            await writer.WriteAsync(row % 3 == 0 ? ",red" : ",green");
            for (var i = 0; i < 18; i++) await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $",{random.NextDouble():0.######}"));
            await writer.WriteAsync('\n');
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().Skip((Rounds - 1) / 2).First();
}
