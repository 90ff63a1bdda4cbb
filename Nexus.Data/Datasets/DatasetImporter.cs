using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets;

/// <summary>From a file as it came to typed rows in a Parquet blob, and their profile. A few at a time, each in bounded memory.</summary>
public sealed class DatasetImporter(BlobStore blobs, TableEngine tables, TableProfiler profiler, IOptions<DatasetOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentImports);

    /// <summary>Waits until this import may work. Dispose the answer.</summary>
    internal async Task<IDisposable> TakeTurnAsync(CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        return new Turn(_turns);
    }

    /// <summary>Proves the file sound and says what its columns are.</summary>
    internal Task<TableScan> ScanAsync(string file, string format, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        foreach (var (column, type) in types)
            if (!ColumnTypes.All.Contains(type)) throw Refused.Invalid($"types.{column}", $"'{type}' is no type: {string.Join(", ", ColumnTypes.All)}.");
        return format switch
        {
            ImportFormats.Csv => Task.Run(() => Read(file, stream => new CsvScanner(options.Value).Scan(stream, types, ct)), ct),
            ImportFormats.Ndjson => Task.Run(() => Read(file, stream => new NdjsonScanner(options.Value, types).Scan(stream, ct)), ct),
            ImportFormats.Parquet => new ParquetScanner(tables, options.Value).ScanAsync(file, types, ct),
            _ => throw Refused.Unsupported($"'{format}' is no format: csv, ndjson, parquet."),
        };
    }

    internal async Task<ImportedTable> ConvertAsync(string file, string format, TableScan scan, CancellationToken ct)
    {
        var parquet = blobs.NewPath();
        try
        {
            await new TableConverter(tables, options.Value).ConvertAsync(file, format, scan, parquet, blobs.NewPath(), ct);
            DatasetColumn[] columns = [.. scan.Columns.Select(c => new DatasetColumn(c.Name, c.Type))];
            var profile = await profiler.ProfileAsync(parquet, columns, ct);
            var rows = await blobs.AdoptAsync(parquet, ct);
            return new(rows.Digest, scan.Rows, columns, profile);
        }
        finally
        {
            File.Delete(parquet);
        }
    }

    public void Dispose() => _turns.Dispose();

    private static TableScan Read(string file, Func<Stream, TableScan> scan)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return scan(stream);
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
