using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Tests.Databases;

/// <summary>A context on SQL Server that sends nothing: its commands are kept, and answered with no rows.</summary>
internal sealed class NeverConnected : DbCommandInterceptor, IDbContextFactory<NexusDb>
{
    private static readonly Unopened Connection = new();

    public List<string> Commands { get; } = [];

    public NexusDb CreateDbContext() => Open();

    public NexusDb Open()
    {
        var options = new DbContextOptionsBuilder<NexusDb>();
        DatabaseProvider.Find("SqlServer")!.Configure(options, "Server=none");
        var db = new NexusDb(options.AddInterceptors(Connection, this).Options);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Commands.Add(command.CommandText);
        using var nothing = new DataTable();
        return InterceptionResult<DbDataReader>.SuppressWithResult(nothing.CreateDataReader());
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ReaderExecuting(command, eventData, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Commands.Add(command.CommandText);
        return InterceptionResult<int>.SuppressWithResult(0);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuting(command, eventData, result));

    private sealed class Unopened : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InterceptionResult.Suppress());
    }
}
