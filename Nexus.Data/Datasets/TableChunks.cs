using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Nexus.Data.Datasets;

/// <summary>Takes the next rows.</summary>
internal delegate void TakeChunk(TableChunk chunk);

/// <summary>Answers of millions of values: a value through the engine's reader costs ten times as much as here.</summary>
internal static class TableChunks
{
    /// <summary>Runs a query and hands its rows on in order, on another thread than the caller's.</summary>
    public static Task ReadAsync(DuckDBConnection connection, string sql, TakeChunk take, CancellationToken ct) =>
        Task.Run(() => Read(connection, sql, take, ct), ct);

    private static void Read(DuckDBConnection connection, string sql, TakeChunk take, CancellationToken ct)
    {
        var prepared = NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out var statement);
        using var _ = statement;
        if (prepared != DuckDBState.Success) throw Failed(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        var state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        try
        {
            if (state != DuckDBState.Success) throw Failed(NativeMethods.Query.DuckDBResultError(ref result));
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                using var chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(result);
                if (chunk.IsInvalid) break;
                take(new(chunk));
            }

            if (NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } error) throw Failed(error);
        }
        finally
        {
            result.Close();
        }
    }

    private static InvalidOperationException Failed(string error) => new($"The table engine failed: {error}");
}
