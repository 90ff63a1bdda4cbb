using DuckDB.NET.Data;
using Nexus.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Training.Features;

/// <summary>What is to be learnt, from the label's type, its values in the training split, and what the document says of it.</summary>
/// <param name="Counts">Class → training rows, in the order of the scores; empty for regression.</param>
/// <param name="Mean">Of the training rows; null but for regression.</param>
internal sealed record LabelFinder(string Task, IReadOnlyList<KeyValuePair<string, long>> Counts, string? Positive, double? Mean)
{
    private const int MaxClasses = 1000;

    // Above it, whole numbers are taken for quantities.
    private const int MaxIntegerClasses = 20;

    public IReadOnlyList<string> Classes => [.. Counts.Select(c => c.Key)];

    /// <exception cref="RefusedException">Invalid, where the label cannot be learnt as asked.</exception>
    public static LabelFinder Find(DuckDBConnection connection, string train, DatasetColumn label, TransformOptions options, CancellationToken ct)
    {
        if (label.Type is "timestamp" or "date") throw Refused.Invalid("label", $"'{label.Name}' is a {label.Type}; a label is a class or a number.");
        var column = TableEngine.Identifier(label.Name);
        var from = $"FROM read_parquet({TableEngine.Literal(train)})";
        var distinct = Statement.Scalar(connection, $"SELECT count(DISTINCT {column}) {from}", ct);
        var task = options.Task ?? Guess(label.Type, distinct);
        if (task == "regression")
        {
            if (label.Type is "text" or "boolean") throw Refused.Invalid("task", $"'{label.Name}' is {label.Type}; regression needs numbers.");
            return new(task, [], null, Average(connection, column, from));
        }

        if (distinct < 2) throw Refused.Invalid("label", $"The training split has {distinct} class of '{label.Name}'; there must be two at least.");
        if (distinct > MaxClasses) throw Refused.Invalid("label", $"'{label.Name}' has {distinct:N0} values in the training split; at most {MaxClasses:N0} classes can be learnt.");
        if (task == "binary" && distinct > 2) throw Refused.Invalid("task", $"'{label.Name}' has {distinct} classes in the training split; binary needs two.");
        var counts = Counted(connection, column, from, ct);
        return new(task, task == "binary" ? PositiveLast(counts, options.Positive) : counts, task == "binary" ? options.Positive ?? counts[^1].Key : null, null);
    }

    private static string Guess(string type, long distinct) => (type, distinct) switch
    {
        (_, 2) => "binary",
        ("number", _) => "regression",
        ("integer", > MaxIntegerClasses) => "regression",
        _ => "multiclass",
    };

    private static double Average(DuckDBConnection connection, string column, string from)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT avg({column}::DOUBLE) {from}";
        return Convert.ToDouble(command.ExecuteScalar());
    }

    private static List<KeyValuePair<string, long>> Counted(DuckDBConnection connection, string column, string from, CancellationToken ct)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {column}::VARCHAR, count(*) {from} GROUP BY 1";
        using var cancel = ct.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        var counts = new List<KeyValuePair<string, long>>();
        while (reader.Read()) counts.Add(new(reader.GetString(0), reader.GetInt64(1)));
        counts.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return counts;
    }

    private static List<KeyValuePair<string, long>> PositiveLast(List<KeyValuePair<string, long>> counts, string? positive)
    {
        if (positive is null) return counts;
        if (counts.FindIndex(c => c.Key == positive) < 0)
            throw Refused.Invalid("positive", $"'{positive}' is not a class of the label; it has {string.Join(" and ", counts.Select(c => $"'{c.Key}'"))}.");
        return [.. counts.OrderBy(c => c.Key == positive)];
    }
}
