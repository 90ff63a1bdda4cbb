using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets;

/// <summary>From a file as it came to typed rows in a Parquet blob, and their profile. A few at a time, each in bounded memory.</summary>
public sealed class DatasetImporter(BlobStore blobs, TableEngine tables, TableProfiler profiler, IOptions<DatasetOptions> options) : IDisposable
{
    /// <summary>Files below it are converted as soon as they are begun.</summary>
    private const long HeadStartBytes = 8 << 20;
    private const int HeadBytes = 1 << 20;
    private const int SecondsPerMiB = 2;

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentImports);

    /// <summary>Waits until this import may work. Dispose the answer.</summary>
    /// <param name="bytes">Of the file.</param>
    internal async Task<ImportTurn> TakeTurnAsync(long bytes, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        return new(_turns, TimeSpan.FromSeconds(options.Value.ImportSeconds + (bytes >> 20) * SecondsPerMiB));
    }

    /// <summary>Proves the file sound and says what its columns are; a large CSV file is being converted meanwhile. Dispose the answer.</summary>
    internal async Task<ScannedFile> ScanAsync(string file, string format, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        var ahead = format == ImportFormats.Csv && new FileInfo(file).Length > HeadStartBytes ? Begin(file, types, ct) : null;
        try
        {
            using var stage = new ImportStage(ImportStage.Scan);
            return new(file, format, await ScanWholeAsync(file, format, types, ct), ahead);
        }
        catch
        {
            if (ahead is not null) await ahead.DisposeAsync();
            throw;
        }
    }

    private Task<TableScan> ScanWholeAsync(string file, string format, IReadOnlyDictionary<string, string> types, CancellationToken ct)
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

    internal async Task<ImportedTable> ConvertAsync(ScannedFile file, CancellationToken ct)
    {
        var scan = file.Scan;
        var parquet = blobs.NewPath();
        try
        {
            if (file.Ahead is null || !await file.Ahead.TakeAsync(scan, parquet))
                await new TableConverter(tables, options.Value).ConvertAsync(file.Path, file.Format, scan, parquet, blobs.NewPath(), ct);
            DatasetColumn[] columns = [.. scan.Columns.Select(c => new DatasetColumn(c.Name, c.Type))];
            var profiling = ProfileAsync(parquet, columns, ct);
            var staging = blobs.StageFileAsync(parquet, ct);
            await Task.WhenAll(profiling, staging);
            using var stage = new ImportStage(ImportStage.Keep);
            var rows = await blobs.KeepAsync(await staging, ct);
            return new(rows.Digest, scan.Rows, columns, await profiling);
        }
        finally
        {
            File.Delete(parquet);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<IReadOnlyList<ColumnProfile>> ProfileAsync(string parquet, DatasetColumn[] columns, CancellationToken ct)
    {
        using var stage = new ImportStage(ImportStage.Profile);
        return await profiler.ProfileAsync(parquet, columns, ct);
    }

    /// <summary>Null where the first rows tell nothing: the scan will say why.</summary>
    private HeadStart? Begin(string file, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        try
        {
            var head = new byte[HeadBytes];
            using var stream = File.OpenRead(file);
            var end = head.AsSpan(0, stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)).LastIndexOf((byte)'\n') + 1;
            var guess = new CsvScanner(options.Value).Scan(new MemoryStream(head, 0, end), types, ct);
            if (guess.Irregular) return null;
            var converter = new TableConverter(tables, options.Value);
            return HeadStart.Begin(guess, (parquet, stop) => converter.TryConvertAsync(file, ImportFormats.Csv, guess, parquet, stop), blobs.NewPath(), ct);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static TableScan Read(string file, Func<Stream, TableScan> scan)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return scan(stream);
    }
}
