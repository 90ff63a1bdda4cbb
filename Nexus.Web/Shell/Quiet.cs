namespace Nexus.Web.Shell;

/// <summary>Waits until the keys have been quiet for a moment. A later key takes an earlier one's place, what that began included.</summary>
internal sealed class Quiet(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource? _last;

    /// <param name="work">Canceled by the next key.</param>
    public Task AfterAsync(Func<CancellationToken, Task> work) => RunAsync(work, Pause);

    /// <param name="work">Canceled by the next key.</param>
    public Task AtOnceAsync(Func<CancellationToken, Task> work) => RunAsync(work, TimeSpan.Zero);

    public void Cancel()
    {
        _last?.Cancel();
        _last = null;
    }

    public void Dispose() => Cancel();

    private async Task RunAsync(Func<CancellationToken, Task> work, TimeSpan pause)
    {
        Cancel();
        using var mine = _last = new CancellationTokenSource();
        try
        {
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, mine.Token);
            await work(mine.Token);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // A later key asked again, or the page was left.
        }
        finally
        {
            if (_last == mine) _last = null;
        }
    }
}
