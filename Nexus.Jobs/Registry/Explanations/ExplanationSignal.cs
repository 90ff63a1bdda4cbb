namespace Nexus.Jobs.Registry.Explanations;

/// <summary>Wakes the worker of this node.</summary>
internal sealed class ExplanationSignal : IDisposable
{
    private readonly SemaphoreSlim _asked = new(0, 1);

    public void Set()
    {
        try
        {
            _asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task WaitAsync(TimeSpan most, CancellationToken ct) => _asked.WaitAsync(most, ct);

    public void Dispose() => _asked.Dispose();
}
