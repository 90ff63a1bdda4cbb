using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Nexus.Data.Storage.Databases;

/// <summary>Times every command of EF Core. Neither its text nor its values are told: both can name people.</summary>
/// <param name="system">The database, as the conventions call it.</param>
internal sealed class QueryTelemetry(string system) : DbCommandInterceptor
{
    private static readonly string[] Operations = ["SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA", "MERGE", "WITH", "CREATE", "ALTER", "DROP"];
    private readonly KeyValuePair<string, object?> _system = new("db.system.name", system);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Tell(command, eventData, null);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Tell(command, eventData, null);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Tell(command, eventData, null);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Tell(command, eventData, null);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Tell(command, eventData, null);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Tell(command, eventData, eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(command, eventData, eventData.Exception);
        return Task.CompletedTask;
    }

    /// <summary>The command's first word, where it is one of SQL's; labels stay few.</summary>
    internal static string OperationOf(ReadOnlySpan<char> sql)
    {
        sql = sql.TrimStart();
        while (sql.StartsWith("--"))
        {
            var end = sql.IndexOf('\n');
            if (end < 0) break;
            sql = sql[(end + 1)..].TrimStart();
        }

        foreach (var operation in Operations) if (sql.StartsWith(operation, StringComparison.OrdinalIgnoreCase)) return operation;
        return "OTHER";
    }

    private void Tell(DbCommand command, CommandEndEventData ended, Exception? failure)
    {
        if (!DataTelemetry.Queries.Enabled && !DataTelemetry.Source.HasListeners()) return;
        var operation = OperationOf(command.CommandText);
        var tags = new TagList { _system, { "db.operation.name", operation } };
        if (failure is not null) tags.Add("error.type", failure.GetType().Name);
        DataTelemetry.Queries.Record(ended.Duration.TotalSeconds, tags);
        using var span = DataTelemetry.Source.StartActivity(operation, ActivityKind.Client, default(ActivityContext), tags, startTime: ended.StartTime);
        if (failure is not null) span?.SetStatus(ActivityStatusCode.Error);
        span?.SetEndTime((ended.StartTime + ended.Duration).UtcDateTime);
    }
}
