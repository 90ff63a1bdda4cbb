#pragma warning disable EF1001 // There is no public place that sees every query before it is translated; the version of EF Core is pinned.
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Tests.Databases;

/// <summary>
/// Before a query of the tests runs, it is translated for SQL Server and what comes of it is parsed: a query that SQL Server
/// could not answer fails the test that makes it.
/// </summary>
internal sealed class ShadowQueryCompiler(
    IQueryContextFactory queryContexts, ICompiledQueryCache compiled, ICompiledQueryCacheKeyGenerator keys, IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> logger, ICurrentDbContext context, IEvaluatableExpressionFilter evaluatable, IModel model)
    : QueryCompiler(queryContexts, compiled, keys, database, logger, context, evaluatable, model)
{
    // By its text, in which what a query closes over has a name and no value: the same place in the code asks once.
    private static readonly ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);
    private static readonly MethodInfo ExecuteMethod = typeof(IQueryCompiler).GetMethod(nameof(IQueryCompiler.Execute))!;

    public static void Use(IServiceCollection services) =>
        services.ConfigureDbContext<NexusDb>(db => db.ReplaceService<IQueryCompiler, ShadowQueryCompiler>());

    public override TResult Execute<TResult>(Expression query)
    {
        Translate(query, typeof(TResult));
        return base.Execute<TResult>(query);
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
    {
        var result = typeof(TResult).GetGenericArguments()[0];
        Translate(query, typeof(TResult).GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? typeof(IEnumerable<>).MakeGenericType(result) : result);
        return base.ExecuteAsync<TResult>(query, cancellationToken);
    }

    private static void Translate(Expression query, Type result)
    {
        if (!Seen.TryAdd(query.ToString(), true)) return;
        var server = new NeverConnected();
        using var db = server.Open();
        var moved = new QueryMove(db);
        var there = moved.Visit(query);
        if (moved.OwnSql) return; // said to one database in its own words
        Exception? failure = null;
        try
        {
            var answer = ExecuteMethod.MakeGenericMethod(result).Invoke(db.GetService<IQueryCompiler>(), [there]);
            if (answer is System.Collections.IEnumerable rows and not string) foreach (var _ in rows) break;
        }
        catch (TargetInvocationException thrown)
        {
            failure = thrown.InnerException; // where a row was expected, there is none
        }
        catch (InvalidOperationException thrown)
        {
            failure = thrown;
        }

        if (server.Commands.Count == 0) throw new InvalidOperationException($"SQL Server cannot answer {query}", failure);
        foreach (var sql in server.Commands)
        {
            if (TransactSql.Errors(sql) is { Count: > 0 } errors) throw new InvalidOperationException($"No Transact-SQL, {string.Join("; ", errors)}: {sql}");
        }
    }
}
