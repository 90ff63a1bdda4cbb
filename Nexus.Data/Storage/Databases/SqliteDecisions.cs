using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;

namespace Nexus.Data.Storage.Databases;

/// <summary>
/// Decisions into SQLite. They come by the thousand from the same few models, and a statement keeps what is bound to it: what is
/// as in the row before is not bound again.
/// </summary>
internal static class SqliteDecisions
{
    private const int RowsBetweenChecks = 256;

    private const string Sql = """
        INSERT INTO "Decisions" ("Id", "At", "Score", "LatencyMicroseconds", "Payload", "AgentId", "ModelVersion", "Variant", "PlanRevision", "Unit", "Subject", "Label")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public static void Write(NexusDb db, ReadOnlySpan<DecisionRow> rows, CancellationToken ct)
    {
        if (rows.IsEmpty) return;
        using var statement = new SqliteStatement((SqliteConnection)db.Database.GetDbConnection(), Sql);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % RowsBetweenChecks == 0) ct.ThrowIfCancellationRequested();
            ref readonly var row = ref rows[i];
            statement.Bind(1, row.Id);
            statement.Bind(2, UtcMicroseconds.From(row.At));
            if (row.Score is { } score) statement.Bind(3, score);
            else statement.BindNull(3);
            statement.Bind(4, row.LatencyMicroseconds);
            statement.BindUtf8(5, row.Payload.Span);
            BindOthers(statement, row, rows[Math.Max(0, i - 1)], i == 0);
            statement.Run();
        }
    }

    private static void BindOthers(SqliteStatement statement, in DecisionRow row, in DecisionRow before, bool all)
    {
        if (all || before.AgentId != row.AgentId) statement.Bind(6, row.AgentId);
        if (all || before.ModelVersion != row.ModelVersion) statement.Bind(7, row.ModelVersion);
        if (all || before.Variant != row.Variant) statement.Bind(8, row.Variant);
        if (all || before.PlanRevision != row.PlanRevision) statement.Bind(9, row.PlanRevision);
        if (all || before.Unit != row.Unit) BindText(statement, 10, row.Unit);
        if (all || before.Subject != row.Subject) BindText(statement, 11, row.Subject);
        if (all || before.Label != row.Label) BindText(statement, 12, row.Label);
    }

    private static void BindText(SqliteStatement statement, int place, string? text)
    {
        if (text is null) statement.BindNull(place);
        else statement.Bind(place, text);
    }
}
