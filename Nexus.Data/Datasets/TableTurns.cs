namespace Nexus.Data.Datasets;

/// <summary>
/// Bounds the work that any reader can ask for over whole tables: few pieces at once, for each takes the table engine's memory; the
/// same piece once, however many ask; and an end to each, also where nobody waits for it any more.
/// </summary>
/// <param name="atOnce">Pieces that work at the same time.</param>
/// <param name="patience">How long a piece waits for its turn.</param>
/// <param name="limit">How long it may then take.</param>
public sealed class TableTurns(int atOnce, TimeSpan patience, TimeSpan limit) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(atOnce);
    private readonly Dictionary<string, Piece> _working = new(StringComparer.Ordinal);
    private readonly Lock _joining = new();

    public TableTurns()
        : this(2, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2))
    {
    }

    /// <param name="name">Of what is worked out; those who ask for the same share the work.</param>
    /// <exception cref="RefusedException">TooMany, where no turn came; Unavailable, where it took too long; whatever the work refuses.</exception>
    public async Task<T> WorkAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken ct)
        where T : notnull
    {
        var piece = Join(name, work);
        try
        {
            return (T)await piece.Work.WaitAsync(ct);
        }
        finally
        {
            Leave(name, piece);
        }
    }

    public void Dispose() => _turns.Dispose();

    private Piece Join<T>(string name, Func<CancellationToken, Task<T>> work)
        where T : notnull
    {
        lock (_joining)
        {
            if (!_working.TryGetValue(name, out var piece))
            {
                var left = new CancellationTokenSource();
                // Not on the first caller's context, which may go before the others'.
                _working[name] = piece = new(left, Task.Run<object>(async () => await RunAsync(work, left.Token), CancellationToken.None));
            }

            piece.Waiting++;
            return piece;
        }
    }

    private void Leave(string name, Piece piece)
    {
        lock (_joining)
        {
            if (--piece.Waiting > 0) return;
            _working.Remove(name);
            piece.Left.Cancel();
        }
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken left)
    {
        if (!await _turns.WaitAsync(patience, left)) throw Refused.TooMany("Other comparisons of whole tables are at work on this node. Ask again in a moment.");
        using var within = CancellationTokenSource.CreateLinkedTokenSource(left);
        within.CancelAfter(limit);
        try
        {
            return await work(within.Token);
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            throw Refused.Unavailable($"These tables were not read within {limit.TotalSeconds:0} s, which is what a comparison has. Take smaller versions, or ask again when less is at work.");
        }
        finally
        {
            _turns.Release();
        }
    }

    private sealed record Piece(CancellationTokenSource Left, Task<object> Work)
    {
        public int Waiting { get; set; }
    }
}
