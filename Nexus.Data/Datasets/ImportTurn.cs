namespace Nexus.Data.Datasets;

/// <summary>
/// One import's turn among the few that work at once, and the time it has: enough for a file of its size on a slow machine, and an end
/// for a small one that means too much. Dispose to let the next one in.
/// </summary>
internal sealed class ImportTurn(SemaphoreSlim turns, TimeSpan limit) : IDisposable
{
    public void Dispose() => turns.Release();

    /// <exception cref="RefusedException">TooLarge, where the time is over.</exception>
    public async Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(ct);
        within.CancelAfter(limit);
        try
        {
            return await work(within.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Refused.TooLarge($"The file was not read within {limit.TotalSeconds:0} s, which is what a file of its size has. Split it into smaller ones.");
        }
    }
}
