namespace Nexus.Jobs.Pipelines;

/// <summary>Told to every run at the first moment of a stop, so that all of them end together.</summary>
internal sealed class JobsStopping : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public Task StopAsync() => _source.CancelAsync();

    public void Dispose() => _source.Dispose();
}
