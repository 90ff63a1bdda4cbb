using System.Globalization;
using DuckDB.NET.Data;
using Nexus.Data.Datasets;

namespace Nexus.Data.Agents;

/// <summary>Decisions as a Parquet file: one column a property, times in microseconds since 1970 UTC, ids as 32 hex digits, in the order of time and id.</summary>
internal static class DecisionFile
{
    private const string Columns = "Id, \"At\", ModelVersion, Variant, PlanRevision, Unit, Subject, Label, Score, LatencyMicroseconds, Payload, TrueLabel, LabeledAt";

    private const string Table = """
        CREATE TABLE decisions (
          Id VARCHAR, "At" BIGINT, ModelVersion INTEGER, Variant VARCHAR, PlanRevision INTEGER, Unit VARCHAR, Subject VARCHAR, Label VARCHAR,
          Score DOUBLE, LatencyMicroseconds INTEGER, Payload VARCHAR, TrueLabel VARCHAR, LabeledAt BIGINT)
        """;

    public static async Task WriteAsync(TableEngine engine, IReadOnlyList<Decision> decisions, string path, CancellationToken ct)
    {
        using var connection = engine.Open();
        await TableEngine.ExecuteAsync(connection, Table, ct);
        using (var appender = connection.CreateAppender("decisions"))
        {
            foreach (var decision in decisions) Append(appender, decision);
        }

        await TableEngine.ExecuteAsync(
            connection, $"COPY (SELECT * FROM decisions ORDER BY \"At\", Id) TO {TableEngine.Literal(path)} (FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 4096)", ct);
    }

    /// <param name="where">Of literals that are ours or quoted.</param>
    public static async Task<List<Decision>> ReadAsync(TableEngine engine, Guid agent, IEnumerable<string> paths, string where, int? newest, CancellationToken ct)
    {
        using var connection = engine.Join();
        var order = newest is { } limit ? string.Create(CultureInfo.InvariantCulture, $" ORDER BY \"At\" DESC, Id DESC LIMIT {limit}") : "";
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {Columns} FROM read_parquet([{string.Join(", ", paths.Select(TableEngine.Literal))}]) WHERE {where}{order}",
            reader =>
            {
                var rows = new List<Decision>();
                while (reader.Read()) rows.Add(Read(reader, agent));
                return rows;
            },
            ct);
    }

    private static void Append(DuckDBAppender appender, Decision decision) => appender.CreateRow()
        .AppendValue(decision.Id.ToString("N"))
        .AppendValue(UtcMicroseconds.From(decision.At))
        .AppendValue(decision.ModelVersion)
        .AppendValue(decision.Variant)
        .AppendValue(decision.PlanRevision)
        .AppendValue(decision.Unit)
        .AppendValue(decision.Subject)
        .AppendValue(decision.Label)
        .AppendValue(decision.Score)
        .AppendValue(decision.LatencyMicroseconds)
        .AppendValue(decision.Payload)
        .AppendValue(decision.TrueLabel)
        .AppendValue(decision.LabeledAt is { } at ? UtcMicroseconds.From(at) : (long?)null)
        .EndRow();

    private static Decision Read(DuckDBDataReader row, Guid agent) => new()
    {
        Id = Guid.ParseExact(row.GetString(0), "N"),
        AgentId = agent,
        At = UtcMicroseconds.To(row.GetInt64(1)),
        ModelVersion = row.GetInt32(2),
        Variant = row.GetString(3),
        PlanRevision = row.GetInt32(4),
        Unit = Text(row, 5),
        Subject = Text(row, 6),
        Label = Text(row, 7),
        Score = row.IsDBNull(8) ? null : row.GetDouble(8),
        LatencyMicroseconds = row.GetInt32(9),
        Payload = row.GetString(10),
        TrueLabel = Text(row, 11),
        LabeledAt = row.IsDBNull(12) ? null : UtcMicroseconds.To(row.GetInt64(12)),
    };

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
