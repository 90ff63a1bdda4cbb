namespace Nexus.Jobs.Pipelines;

/// <summary>Equal steps of this node, of one run or of several, work one after the other, so that the second finds the first's output in the cache.</summary>
internal sealed class StepTurns
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <param name="key">The step's cache key.</param>
    /// <param name="waits">Called where another is at it.</param>
    public async Task<IDisposable> TakeAsync(string key, Action waits, CancellationToken ct)
    {
        Turn turn;
        lock (_turns)
        {
            if (!_turns.TryGetValue(key, out turn!)) _turns[key] = turn = new(this, key);
            turn.Users++;
        }

        if (turn.Free.Wait(0, CancellationToken.None)) return turn;
        waits();
        try
        {
            await turn.Free.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users > 0) return;
            _turns.Remove(turn.Key);
        }

        turn.Free.Dispose();
    }

    private sealed class Turn(StepTurns turns, string key) : IDisposable
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public string Key => key;

        public int Users { get; set; }

        public void Dispose()
        {
            Free.Release();
            turns.Leave(this);
        }
    }
}
