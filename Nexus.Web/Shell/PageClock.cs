namespace Nexus.Web.Shell;

/// <summary>One tick every ten seconds for all the relative times of a circuit.</summary>
public sealed class PageClock(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Action? _tick;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <returns>Dispose it to stop.</returns>
    public IDisposable OnTick(Action tick)
    {
        lock (_gate)
        {
            _tick += tick;
            _timer ??= time.CreateTimer(_ => _tick?.Invoke(), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        }

        return new Stop(this, tick);
    }

    public void Dispose() => _timer?.Dispose();

    private sealed class Stop(PageClock clock, Action tick) : IDisposable
    {
        public void Dispose()
        {
            lock (clock._gate) clock._tick -= tick;
        }
    }
}
