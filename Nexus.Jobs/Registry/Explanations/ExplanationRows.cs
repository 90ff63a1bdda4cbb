using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>Reads labelled rows as a model takes them, whatever the model: columns by the names of its inputs.</summary>
internal sealed class ExplanationRows(BlobStore blobs, TableEngine tables)
{
    // Bounds the memory that a table takes, at four to some dozens of bytes a cell.
    private const long MostCells = 40_000_000;

    /// <summary>The columns of a Parquet blob, with the types that datasets have.</summary>
    public async Task<IReadOnlyList<DatasetColumn>> ColumnsAsync(string digest, CancellationToken ct)
    {
        using var connection = tables.Open();
        return await TableEngine.QueryAsync(
            connection, $"DESCRIBE SELECT * FROM read_parquet({TableEngine.Literal(await blobs.FetchAsync(digest, ct))})",
            reader =>
            {
                var columns = new List<DatasetColumn>();
                while (reader.Read()) columns.Add(new(reader.GetString(0), TypeOf(reader.GetString(1))));
                return columns;
            },
            ct);
    }

    /// <summary>Per input the columns that fill it: the one of its name; for a single input of many numbers all columns but the label, in their order.</summary>
    /// <exception cref="RefusedException">Invalid, where the rows lack what the model takes.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Match(ModelSignature signature, IReadOnlyList<DatasetColumn> columns, string label)
    {
        if (columns.All(c => c.Name != label)) throw Refused.Invalid("label", $"The rows have no column '{label}'; they have {Names(columns)}.");
        if (signature.Inputs is [{ Shape: [_, > 1 and var width] } only] && columns.All(c => c.Name != only.Name))
        {
            var numbers = columns.Where(c => c.Name != label).ToList();
            if (numbers.Count != width || numbers.Exists(c => c.Type is not ("integer" or "number" or "boolean")))
                throw Refused.Invalid("dataset", $"The model takes {width} unnamed numbers; beside '{label}' the rows have {numbers.Count} columns, {numbers.Count(c => c.Type is "integer" or "number" or "boolean")} of them numbers.");
            return [[.. numbers.Select(c => c.Name)]];
        }

        return [.. signature.Inputs.Select(input =>
        {
            var column = columns.FirstOrDefault(c => c.Name == input.Name)
                ?? throw Refused.Invalid("dataset", $"The model takes '{input.Name}', which the rows do not have; they have {Names(columns)}.");
            if (input.Shape.Skip(1).Any(d => d is not 1)) throw Refused.Invalid("dataset", $"The model takes '{input.Name}' as an array; a column holds one value a row.");
            if (input.Datatype != "BYTES" && column.Type == "text") throw Refused.Invalid("dataset", $"The model takes '{input.Name}' as {input.Datatype}; the column is text.");
            if (input.Datatype == "BYTES" || input.Datatype == "INT64" || column.Type is not ("timestamp" or "date")) return (IReadOnlyList<string>)[input.Name];
            throw Refused.Invalid("dataset", $"The model takes '{input.Name}' as {input.Datatype}; the column is a {column.Type}.");
        })];
    }

    /// <summary>The rows, or where they are too many for memory a sample of them, the same each time.</summary>
    /// <returns>The table, the labels as <see cref="LabelledRows"/> reads them, and how many rows there are in all.</returns>
    public async Task<(RawTable Table, double[] Labels, long Total)> ReadAsync(
        string digest, ModelSignature signature, IReadOnlyList<IReadOnlyList<string>> matched, IReadOnlyList<DatasetColumn> columns,
        string label, string task, IReadOnlyList<string> classes, CancellationToken ct)
    {
        var wanted = signature.Inputs.Zip(matched)
            .SelectMany(i => i.Second.Select(name => new DatasetColumn(name, TypeFor(i.First, columns.First(c => c.Name == name))))).ToList();
        var plan = new FeaturePlan(label, task, classes, null, []);
        var total = await CountAsync(digest, ct);
        var most = (int)Math.Min(ScoredRows.Most, MostCells / (wanted.Count + 1));
        if (total <= most)
        {
            var (all, labels) = await new LabelledRows(tables).ReadAsync(await blobs.FetchAsync(digest, ct), wanted, plan, ct);
            return (all, labels, total);
        }

        var sampled = blobs.NewPath();
        try
        {
            using (var connection = tables.Open())
                await TableEngine.ExecuteAsync(connection, Sample(await blobs.FetchAsync(digest, ct), sampled, wanted, label, most), ct);
            var (some, labels) = await new LabelledRows(tables).ReadAsync(sampled, wanted, plan, ct);
            return (some, labels, total);
        }
        finally
        {
            File.Delete(sampled);
        }
    }

    private async Task<long> CountAsync(string digest, CancellationToken ct)
    {
        using var connection = tables.Open();
        return await TableEngine.QueryAsync(
            connection, $"SELECT count(*) FROM read_parquet({TableEngine.Literal(await blobs.FetchAsync(digest, ct))})",
            reader => reader.Read() ? reader.GetInt64(0) : 0, ct);
    }

    private static string Sample(string from, string to, IReadOnlyList<DatasetColumn> columns, string label, int rows)
    {
        var names = string.Join(", ", columns.Select(c => c.Name).Append(label).Distinct().Select(TableEngine.Identifier));
        return $"""
            COPY (SELECT {names} FROM read_parquet({TableEngine.Literal(from)}, file_row_number = true)
                  WHERE file_row_number IN (SELECT file_row_number FROM read_parquet({TableEngine.Literal(from)}, file_row_number = true)
                                            ORDER BY md5('0:' || file_row_number), file_row_number LIMIT {rows})
                  ORDER BY file_row_number) TO {TableEngine.Literal(to)} (FORMAT parquet)
            """;
    }

    // As the model takes it: a number that is a category to the model is read as text.
    private static string TypeFor(TensorSignature input, DatasetColumn column) => input.Datatype switch
    {
        "BYTES" => "text",
        "INT64" when column.Type is "timestamp" or "date" => column.Type,
        _ => "number",
    };

    private static string TypeOf(string type) => type switch
    {
        "BOOLEAN" => "boolean",
        "DATE" => "date",
        "FLOAT" or "DOUBLE" => "number",
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" => "integer",
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => "number",
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => "timestamp",
        _ => "text",
    };

    private static string Names(IReadOnlyList<DatasetColumn> columns) => string.Join(", ", columns.Take(40).Select(c => c.Name));
}
