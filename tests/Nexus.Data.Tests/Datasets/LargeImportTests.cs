using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

/// <summary>A million rows of twenty columns: memory stays flat, and the work beside the table engine's own stays small.</summary>
[Trait("Length", "Long")]
public sealed class LargeImportTests(ITestOutputHelper output)
{
    private const int Rows = 1_000_000;
    private const int Columns = 20;

    [Fact]
    public async Task Import_of_a_million_rows_keeps_memory_flat()
    {
        await using var database = await TestDatabase.StartAsync();
        var path = Path.Combine(database.Directory, "large.csv");
        await WriteAsync(path);
        var alone = await TimeAsync(() => ByEngineAloneAsync(database, path));

        var watch = Stopwatch.StartNew();
        await using var file = File.OpenRead(path);
        var import = database.Get<DatasetService>().ImportAsync("large", file, ImportFormats.Csv, "large.csv", null, DatasetDrive.Engineer, default);
        long managed = 0;
        while (await Task.WhenAny(import, Task.Delay(50)) != import) managed = Math.Max(managed, GC.GetTotalMemory(forceFullCollection: false));
        var (version, _) = await import;
        watch.Stop();

        output.WriteLine($"{file.Length / 1e6:0} MB: import with scan, hash and profile {watch.Elapsed.TotalSeconds:0.00} s; DuckDB alone, CSV to Parquet {alone.TotalSeconds:0.00} s; managed memory at most {managed / 1e6:0} MB, process {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        version.Rows.ShouldBe(Rows);
        version.Columns.Count(c => c.Type == ColumnTypes.Number).ShouldBe(Columns - 2);
        managed.ShouldBeLessThan(150_000_000);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10) + (alone * 8));
    }

    private static async Task WriteAsync(string path)
    {
        var random = new Random(7);
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        await writer.WriteLineAsync("when,kind," + string.Join(',', Enumerable.Range(2, Columns - 2).Select(i => $"n{i}")));
        for (var row = 0; row < Rows; row++)
        {
            await writer.WriteAsync(DateTime.UnixEpoch.AddSeconds(row).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            await writer.WriteAsync(row % 3 == 0 ? ",red" : ",green");
            for (var i = 2; i < Columns; i++) await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $",{random.NextDouble():0.######}"));
            await writer.WriteAsync('\n');
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }

    private static async Task ByEngineAloneAsync(TestDatabase database, string path)
    {
        using var connection = database.Get<TableEngine>().Open();
        var target = TableEngine.Literal(path + ".parquet");
        await TableEngine.ExecuteAsync(connection, $"COPY (SELECT * FROM read_csv({TableEngine.Literal(path)})) TO {target} (FORMAT parquet)", default);
    }
}
