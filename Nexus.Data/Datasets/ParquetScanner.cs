using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Data.Datasets;

/// <summary>Looks a Parquet file over before its rows are read. In its refusals the line is the row, and the column the column's place.</summary>
internal sealed class ParquetScanner(TableEngine tables, DatasetOptions options)
{
    private const long MaxUncompressedBytes = 64L << 30;
    private const long AnyUncompressedBytes = 1L << 30;
    private const long AnyCells = 100_000_000;

    /// <exception cref="RefusedException">Invalid or TooLarge, where the file cannot be kept.</exception>
    public async Task<TableScan> ScanAsync(string file, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        try
        {
            using var connection = tables.Open();
            var path = TableEngine.Literal(file);
            var most = Most(new FileInfo(file).Length);
            var rows = await CheckSizeAsync(connection, path, most, ct);
            var columns = await ReadColumnsAsync(connection, path, types, ct);
            await CheckTextsAsync(connection, path, columns, most.Bytes, ct);
            await CheckCellsAsync(connection, path, columns, ct);
            return new(columns, rows);
        }
        catch (DuckDBException broken) when (broken.ErrorType is not (DuckDBErrorType.OutOfMemory or DuckDBErrorType.Internal) && !TableEngine.SaysFull(broken))
        {
            throw Refused.InvalidAt(1, 1, $"This is no Parquet file that can be read: {FirstLine(broken.Message).Replace(file, "the file", StringComparison.Ordinal)}");
        }
        catch (DuckDBException broken) when (broken.ErrorType == DuckDBErrorType.OutOfMemory && !TableEngine.SaysFull(broken))
        {
            throw Refused.TooLarge("A row group of this Parquet file does not fit into memory; write smaller row groups.");
        }
    }

    /// <summary>What a file of so many bytes may stand for.</summary>
    private (long Cells, long Bytes) Most(long bytes)
    {
        var more = bytes * options.MaxParquetExpansion;
        return (Math.Min(options.MaxParquetCells, AnyCells + more), Math.Min(MaxUncompressedBytes, AnyUncompressedBytes + more));
    }

    private static async Task<long> CheckSizeAsync(DuckDBConnection connection, string path, (long Cells, long Bytes) most, CancellationToken ct)
    {
        var rows = await TableEngine.QueryAsync(
            connection, $"SELECT CAST(num_rows AS BIGINT) FROM parquet_file_metadata({path})", r => r.Read() ? r.GetInt64(0) : 0, ct);
        var (cells, bytes) = await TableEngine.QueryAsync(
            connection,
            $"SELECT CAST(coalesce(sum(num_values), 0) AS DOUBLE), CAST(coalesce(sum(total_uncompressed_size), 0) AS DOUBLE) FROM parquet_metadata({path})",
            r => r.Read() ? (r.GetDouble(0), r.GetDouble(1)) : (0, 0),
            ct);
        if (cells > most.Cells) throw Refused.TooLarge($"The file claims {cells:N0} cells; {most.Cells:N0} are allowed to one of its size.");
        if (bytes > most.Bytes) throw Refused.TooLarge($"The file is {bytes:N0} bytes when decompressed; {most.Bytes:N0} are allowed to one of its size.");
        return rows;
    }

    private async Task<ScannedColumn[]> ReadColumnsAsync(
        DuckDBConnection connection, string path, IReadOnlyDictionary<string, string> types, CancellationToken ct)
    {
        var declared = await TableEngine.QueryAsync(
            connection, $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet({path}))", ReadPairs, ct);
        var names = ColumnNames.Check([.. declared.Select(c => c.Name)], options.MaxColumns, (i, why) => Refused.InvalidAt(1, i + 1, why));
        ColumnNames.CheckOverrides(types, names);
        return [.. declared.Select((column, i) =>
        {
            var inferred = ParquetTypes.Infer(column.Type)
                ?? throw Refused.InvalidAt(1, i + 1, $"Column '{names[i]}' is {column.Type}, which cannot be kept: leave it out, or write it as text.");
            return new ScannedColumn(column.Name, names[i], types.GetValueOrDefault(names[i]) ?? inferred, inferred, SourceType: column.Type);
        })];
    }

    private static List<(string Name, string Type)> ReadPairs(DuckDBDataReader reader)
    {
        var pairs = new List<(string, string)>();
        while (reader.Read()) pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    /// <summary>The first row, if any, whose text is too long or that cannot be read as asked.</summary>
    private async Task CheckCellsAsync(DuckDBConnection connection, string path, ScannedColumn[] columns, CancellationToken ct)
    {
        var checks = columns.Select((column, i) => (Place: i, Misfit: Misfit(column))).Where(c => c.Misfit is not null).ToList();
        foreach (var some in checks.Chunk(256))
        {
            var list = string.Join(", ", some.Select(c => $"min(CASE WHEN {c.Misfit} THEN file_row_number END)"));
            var first = await TableEngine.QueryAsync(
                connection,
                $"SELECT {list} FROM read_parquet({path}, file_row_number = true)",
                r => r.Read() ? Enumerable.Range(0, r.FieldCount).Select(i => r.IsDBNull(i) ? (long?)null : r.GetInt64(i)).ToList() : [],
                ct);
            for (var i = 0; i < some.Length; i++)
            {
                if (first[i] is not { } row) continue;
                var column = columns[some[i].Place];
                throw Refused.InvalidAt((int)Math.Min(row + 1, int.MaxValue), some[i].Place + 1, $"Row {row + 1:N0}, '{column.Name}': the value is {Fault(column)}.");
            }
        }
    }

    /// <summary>Equal texts are kept once, and so a few bytes can mean any number of them; here they are counted as they will be read.</summary>
    private static async Task CheckTextsAsync(DuckDBConnection connection, string path, ScannedColumn[] columns, long most, CancellationToken ct)
    {
        var left = most;
        foreach (var some in columns.Where(c => c.SourceType == "VARCHAR").Chunk(64))
        {
            var sums = string.Join(" + ", some.Select(c => $"coalesce(sum(CAST(strlen({TableEngine.Identifier(c.Source)}) AS DOUBLE)), 0)"));
            left -= (long)await TableEngine.QueryAsync(connection, $"SELECT {sums} FROM read_parquet({path})", r => r.Read() ? r.GetDouble(0) : 0, ct);
            if (left < 0) throw Refused.TooLarge($"The file's texts are more than {most:N0} bytes when read, which is what is allowed to one of its size.");
        }
    }

    private string? Misfit(ScannedColumn column)
    {
        var source = TableEngine.Identifier(column.Source);
        if (column.Type != column.Inferred && column.Type != ColumnTypes.Text) return ParquetTypes.Misfit(source, column.SourceType!, column.Type);
        if (ColumnTypes.IsTime(column.Type)) return ParquetTypes.OutOfTime(source);
        return column.Type == ColumnTypes.Text && (column.SourceType == "VARCHAR" || ParquetTypes.IsNested(column.SourceType!))
            ? $"length({ParquetTypes.Cast(source, column.SourceType!, ColumnTypes.Text)}) > {options.MaxTextLength}"
            : null;
    }

    private string Fault(ScannedColumn column) =>
        column.Type == ColumnTypes.Text ? $"longer than {options.MaxTextLength:N0} characters" : $"no {column.Type} that can be kept";

    private static string FirstLine(string message) => message.Split('\n')[0];
}
