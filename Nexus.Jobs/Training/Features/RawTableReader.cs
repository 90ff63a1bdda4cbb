using DuckDB.NET.Data;
using Nexus.Data.Datasets;
using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.Features;

/// <summary>Reads columns of a Parquet file into memory, in row order, as a model's inputs take them.</summary>
internal sealed class RawTableReader(TableEngine tables)
{
    /// <param name="columns">Numbers and booleans become float32, times and dates microseconds, all else text.</param>
    /// <param name="also">One more column under another key, read as if it were of the type.</param>
    public async Task<RawTable> ReadAsync(
        string parquet, IReadOnlyList<DatasetColumn> columns, CancellationToken ct, (string Key, string Column, string Type)? also = null)
    {
        using var connection = tables.Open();
        List<(string Key, string Column, string Type)> wanted = [.. columns.Select(c => (c.Name, c.Name, c.Type))];
        if (also is { } one) wanted.Add(one);
        try
        {
            return await Task.Run(() => Read(connection, parquet, wanted, ct), ct);
        }
        catch (DuckDBException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    private static RawTable Read(DuckDBConnection connection, string parquet, List<(string Key, string Column, string Type)> columns, CancellationToken ct)
    {
        var rows = (int)Statement.Scalar(connection, $"SELECT count(*) FROM read_parquet({TableEngine.Literal(parquet)})", ct);
        var read = columns.ToDictionary(c => c.Key, c => Room(c.Type, rows), StringComparer.Ordinal);
        if (columns.Count == 0) return new(rows, read);
        using var command = connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(c => Expression(c.Column, c.Type)))} FROM read_parquet({TableEngine.Literal(parquet)})";
        using var cancel = ct.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var targets = columns.Select(c => read[c.Key]).ToArray();
        for (var row = 0; reader.Read(); row++)
        {
            if ((row & 0xFFF) == 0) ct.ThrowIfCancellationRequested();
            for (var c = 0; c < targets.Length; c++) Take(reader, c, targets[c], row);
        }

        ct.ThrowIfCancellationRequested();
        return new(rows, read);
    }

    private static void Take(DuckDBDataReader reader, int column, RawColumn target, int row)
    {
        var missing = reader.IsDBNull(column);
        if (target.Numbers is { } numbers)
        {
            var value = missing ? float.NaN : reader.GetFloat(column);
            numbers[row] = float.IsFinite(value) ? value : OnnxConventions.MissingNumber;
        }
        else if (target.Times is { } times)
        {
            times[row] = missing ? OnnxConventions.MissingTime : reader.GetInt64(column);
        }
        else
        {
            target.Texts![row] = missing ? OnnxConventions.MissingText : reader.GetString(column);
        }
    }

    private static string Expression(string column, string type)
    {
        var name = TableEngine.Identifier(column);
        return type switch
        {
            "integer" or "number" or "boolean" => $"TRY_CAST({name} AS FLOAT)",
            "timestamp" => $"epoch_us({name})",
            "date" => $"epoch_us(CAST({name} AS TIMESTAMP))",
            _ => $"CAST({name} AS VARCHAR)",
        };
    }

    private static RawColumn Room(string type, int rows) => type switch
    {
        "integer" or "number" or "boolean" => new(Numbers: new float[rows]),
        "timestamp" or "date" => new(Times: new long[rows]),
        _ => new(Texts: new string[rows]),
    };
}
