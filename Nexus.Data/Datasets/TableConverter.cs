using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Data.Datasets;

/// <summary>Writes a scanned file's rows as Parquet, in the file's order, typed by the table engine.</summary>
internal sealed class TableConverter(TableEngine tables, DatasetOptions options)
{
    private const int RowGroupRows = 122_880;

    /// <summary>Columns up to which row groups have their usual size; wider tables get shorter ones, so that one fits into memory.</summary>
    private const int RowGroupColumns = 32;

    /// <param name="file">The original.</param>
    /// <param name="parquet">Where to write; the caller deletes it if this throws.</param>
    /// <param name="work">A path for a file in between, if one is needed.</param>
    public async Task ConvertAsync(string file, string format, TableScan scan, string parquet, string work, CancellationToken ct)
    {
        if (format == ImportFormats.Parquet)
        {
            await WriteAsync(scan, Source(file, format, scan), parquet, ct);
            return;
        }

        if (!scan.Irregular && await TryConvertAsync(file, format, scan, parquet, ct) == scan.Rows) return;
        try
        {
            await RewriteAsync(file, format, work, ct);
            var regular = scan with { Delimiter = (byte)',' };
            var rows = await WriteAsync(regular, Source(work, format, regular), parquet, ct);
            if (rows != scan.Rows) throw new InvalidOperationException($"The table engine read {rows} rows where the scan saw {scan.Rows}.");
        }
        finally
        {
            File.Delete(work);
        }
    }

    private static async Task<long> WriteAsync(TableEngine tables, TableScan scan, string source, string parquet, CancellationToken ct)
    {
        var columns = string.Join(", ", scan.Columns.Select(Expression));
        var rowGroup = Math.Max(2048, (int)Math.Min(RowGroupRows, (long)RowGroupRows * RowGroupColumns / scan.Columns.Count));
        using var stage = new ImportStage(ImportStage.Convert);
        using var connection = tables.Open();
        return await TableEngine.ExecuteAsync(
            connection,
            $"COPY (SELECT {columns} FROM {source}) TO {TableEngine.Literal(parquet)} (FORMAT parquet, ROW_GROUP_SIZE {rowGroup})",
            ct);
    }

    /// <summary>A column of the source as a column of the table; no value that is no number (NaN, infinite) is kept.</summary>
    private static string Expression(ScannedColumn column)
    {
        var source = TableEngine.Identifier(column.Source);
        var value = column.SourceType is not null ? ParquetTypes.Cast(source, column.SourceType, column.Type)
            : column.Offsets && column.Type == ColumnTypes.Timestamp ? $"CAST(CAST({source} AS TIMESTAMPTZ) AS TIMESTAMP)"
            : source;
        if (column is { Type: ColumnTypes.Number, Finite: false }) value = $"CASE WHEN isfinite({value}) THEN {value} END";
        return $"{value} AS {TableEngine.Identifier(column.Name)}";
    }

    private static string Source(string file, string format, TableScan scan)
    {
        var path = TableEngine.Literal(file);
        if (format == ImportFormats.Parquet) return $"read_parquet({path})";
        var columns = string.Join(", ", scan.Columns.Select(c =>
            $"{TableEngine.Literal(c.Source)}: '{(c.Offsets && c.Type == ColumnTypes.Timestamp ? "VARCHAR" : ColumnTypes.Sql(c.Type))}'"));
        return format == ImportFormats.Ndjson
            ? $"read_json({path}, format = 'newline_delimited', auto_detect = false, compression = 'uncompressed', maximum_object_size = 33554432, columns = {{{columns}}})"
            : $$"""
               read_csv({{path}}, auto_detect = false, delim = {{TableEngine.Literal(((char)scan.Delimiter).ToString())}}, quote = '"', escape = '"',
                 header = true, nullstr = '', compression = 'none', max_line_size = 16777216, buffer_size = 33554432, columns = { {{columns}} })
               """;
    }

    private Task<long> WriteAsync(TableScan scan, string source, string parquet, CancellationToken ct) =>
        WriteAsync(tables, scan, source, parquet, ct);

    /// <summary>
    /// Writes the file as it stands, and answers how many rows the engine found. Null, or another number than the scan's, where it
    /// reads the file otherwise than the scan did.
    /// </summary>
    public async Task<long?> TryConvertAsync(string file, string format, TableScan scan, string parquet, CancellationToken ct)
    {
        try
        {
            return await WriteAsync(scan, Source(file, format, scan), parquet, ct);
        }
        catch (DuckDBException failed) when (failed.ErrorType is DuckDBErrorType.InvalidInput or DuckDBErrorType.Conversion)
        {
            return null;
        }
    }

    private Task RewriteAsync(string file, string format, string work, CancellationToken ct) => Task.Run(
        () =>
        {
            using var from = File.OpenRead(file);
            using var to = new FileStream(work, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            if (format == ImportFormats.Csv)
            {
                new CsvRewriter(options).Rewrite(from, to, ct);
                return;
            }

            var lines = new NdjsonLineReader(from);
            while (lines.Read())
            {
                ct.ThrowIfCancellationRequested();
                to.Write(lines.Current);
                to.WriteByte((byte)'\n');
            }
        },
        ct);
}
