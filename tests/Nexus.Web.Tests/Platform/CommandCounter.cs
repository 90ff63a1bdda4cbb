using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;

namespace Nexus.Web.Tests.Platform;

/// <summary>Counts the commands of one asynchronous flow; what works in the background is not counted.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    /// <summary>A portal whose commands can be counted.</summary>
    public static Task<PortalApp> PortalAsync(Dictionary<string, string>? settings = null) =>
        PortalApp.StartAsync(settings, services => services.ConfigureDbContext<NexusDb>(options => options.AddInterceptors(new CommandCounter())));

    private static readonly AsyncLocal<StrongCount?> Counting = new();

    /// <returns>How many commands it sent.</returns>
    public static async Task<int> CountAsync(Func<Task> act)
    {
        var count = Counting.Value = new();
        await act();
        Counting.Value = null;
        return count.Commands;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Counted(result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Counted(result));

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Counted(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Counted(result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Counted(result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Counted(result));

    private static T Counted<T>(T result)
    {
        Counting.Value?.Add();
        return result;
    }

    private sealed class StrongCount
    {
        private int _commands;

        public int Commands => _commands;

        public void Add() => Interlocked.Increment(ref _commands);
    }
}
