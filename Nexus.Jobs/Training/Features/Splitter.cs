using DuckDB.NET.Data;
using Nexus.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Writes the training and the test split as Parquet, with all columns, from rows whose label is there. <c>time</c>: in order of the time column
/// (ties in row order), the first ⌊n · train⌋ rows train. <c>random</c>: in the order of a seeded hash of the row's number, the
/// first ⌊n · train⌋ train. <c>group</c>: whole groups, in the order of a seeded hash, as long as their rows fit the share.
/// <c>column</c>: rows where it has the value <c>test</c> test, the others train. All but the first keep the row order.
/// </summary>
internal sealed class Splitter(DuckDBConnection connection, TransformOptions options)
{
    private readonly TransformOptions.SplitOptions _split = options.Split;

    public async Task WriteAsync(string rows, string train, string test, CancellationToken ct) => await Task.Run(() => Write(rows, train, test, ct), ct);

    private void Write(string rows, string train, string test, CancellationToken ct)
    {
        var label = TableEngine.Identifier(options.Label);
        Statement.Run(connection, $"""
            CREATE VIEW source AS SELECT * FROM read_parquet({TableEngine.Literal(rows)}, file_row_number = true)
            WHERE {label} IS NOT NULL{(_split.By == "time" ? $" AND {Time} IS NOT NULL" : "")};
            CREATE TABLE placed AS {Placement()};
            """, ct);
        var order = _split.By == "time" ? "placed.place" : "placed.file_row_number";
        foreach (var (path, side) in new[] { (train, "true"), (test, "false") })
            Statement.Run(connection, $"""
                COPY (SELECT source.* EXCLUDE (file_row_number) FROM source JOIN placed USING (file_row_number) WHERE placed.train = {side} ORDER BY {order})
                TO {TableEngine.Literal(path)} (FORMAT parquet, COMPRESSION zstd);
                """, ct);
    }

    private string Time => TableEngine.Identifier(options.Time ?? throw Refused.Invalid("time", "A split by time needs the column that holds it: 'time'."));

    // Doubles in SQL text: invariant, and round-trip.
    private string Share => FormattableString.Invariant($"CAST(floor((SELECT count(*) FROM source) * {_split.Train:R}::DOUBLE + 1e-9) AS BIGINT)");

    private string Placement() => _split.By switch
    {
        "time" => Ranked($"{Time}, file_row_number"),
        "group" => Grouped(TableEngine.Identifier(_split.Group!)),
        "column" => $"SELECT file_row_number, {TableEngine.Identifier(_split.Column!)}::VARCHAR IS DISTINCT FROM {TableEngine.Literal(_split.Test!)} AS train FROM source",
        _ => Ranked($"md5('{_split.Seed}:' || file_row_number), file_row_number"),
    };

    private string Ranked(string order) => $"""
        SELECT file_row_number, place, place <= {Share} AS train
        FROM (SELECT file_row_number, row_number() OVER (ORDER BY {order}) AS place FROM source)
        """;

    private string Grouped(string group) => $"""
        WITH groups AS (SELECT {group}::VARCHAR AS g, count(*) AS n FROM source GROUP BY 1),
             summed AS (SELECT g, sum(n) OVER (ORDER BY md5('{_split.Seed}:' || coalesce(g, '')), g ROWS UNBOUNDED PRECEDING) AS upto FROM groups)
        SELECT file_row_number, summed.upto <= {Share} AS train
        FROM source JOIN summed ON source.{group}::VARCHAR IS NOT DISTINCT FROM summed.g
        """;
}
