namespace Nexus.Data.Datasets.Queries;

/// <summary>Why a statement gives no answer; thrown and caught within the worker, and written as its answer.</summary>
/// <param name="offset">Characters from the statement's beginning; null where there is no place.</param>
internal sealed class QueryRefusal(string message, int? offset = null) : Exception(message)
{
    public int? Offset { get; } = offset;

    /// <summary>Line and column from 1.</summary>
    public (int Line, int Column)? Place(string sql)
    {
        if (Offset is not { } offset || offset > sql.Length) return null;
        var before = sql.AsSpan(0, offset);
        return (1 + before.Count('\n'), offset - before.LastIndexOf('\n'));
    }
}
