using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Nexus.Data.Tests.Pipelines;

/// <summary>Asks SQLite how it would answer each query that is sent, before it answers it.</summary>
internal sealed class RunPlans : DbCommandInterceptor
{
    private readonly Lock _gate = new();
    private readonly List<(string Step, string Sql)> _steps = [];

    /// <summary>Steps of all plans so far that read one of the runs' tables from end to end without an index.</summary>
    public IReadOnlyList<string> Scans
    {
        get
        {
            lock (_gate)
            {
                return [.. _steps.Where(step => step.Step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Step.Contains(" USING ", StringComparison.Ordinal)
                    && !step.Step.Contains("VIRTUAL", StringComparison.Ordinal) && !step.Step.StartsWith("SCAN (", StringComparison.Ordinal) && Tables(step.Sql).Contains(step.Step.Split(' ')[1])).Select(step => $"{step.Step}: {step.Sql}")];
            }
        }
    }

    public int Steps
    {
        get
        {
            lock (_gate) return _steps.Count;
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) Explain((SqliteCommand)command);
        return ValueTask.FromResult(result);
    }

    // A table is read under its alias: FROM "RunParams" AS "r".
    private static IEnumerable<string> Tables(string sql) => new[] { "Runs", "RunMetrics", "RunParams", "RunLatestMetrics", "RunTags" }
        .SelectMany(table => Regex.Matches(sql, $"\"{table}\" AS \"(\\w+)\"").Select(match => match.Groups[1].Value));

    private void Explain(SqliteCommand command)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        explain.Transaction = command.Transaction;
        foreach (SqliteParameter parameter in command.Parameters) explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
        using var reader = explain.ExecuteReader();
        lock (_gate)
        {
            while (reader.Read()) _steps.Add((reader.GetString(3), command.CommandText));
        }
    }
}
