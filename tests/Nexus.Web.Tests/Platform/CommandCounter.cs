using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Nexus.Web.Tests.Platform;

/// <summary>Counts the queries of one asynchronous flow; what works in the background is not counted.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private static readonly AsyncLocal<StrongCount?> Counting = new();

    /// <returns>How many queries it sent.</returns>
    public static async Task<int> CountAsync(Func<Task> act)
    {
        var count = Counting.Value = new();
        await act();
        Counting.Value = null;
        return count.Commands;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Counting.Value?.Add();
        return ValueTask.FromResult(result);
    }

    private sealed class StrongCount
    {
        private int _commands;

        public int Commands => _commands;

        public void Add() => Interlocked.Increment(ref _commands);
    }
}
