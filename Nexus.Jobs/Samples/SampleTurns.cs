using System.Threading.Channels;

namespace Nexus.Jobs.Samples;

/// <summary>Keeps seeding, traffic and removal from one another: each works only in its turn, and is told when something changed.</summary>
internal sealed class SampleTurns : IDisposable
{
    private readonly List<Channel<bool>> _listeners = [];
    private CancellationTokenSource _removal = new();

    /// <summary>Held while the workspace is made.</summary>
    public SemaphoreSlim Seeding { get; } = new(1, 1);

    /// <summary>Held while decisions are asked for.</summary>
    public SemaphoreSlim Traffic { get; } = new(1, 1);

    /// <summary>Cancelled when everything has to stop for a removal; a new one after it.</summary>
    public CancellationToken Stop
    {
        get { lock (_listeners) return _removal.Token; }
    }

    /// <summary>Reads true after every change; several changes may be one.</summary>
    public ChannelReader<bool> Listen()
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_listeners) _listeners.Add(channel);
        return channel.Reader;
    }

    public void Tell()
    {
        lock (_listeners) foreach (var listener in _listeners) listener.Writer.TryWrite(true);
    }

    /// <summary>Stops seeding and traffic, and returns when both have; dispose the answer to let them go on.</summary>
    public async Task<IDisposable> TakeAllAsync(CancellationToken ct)
    {
        CancellationTokenSource stopped;
        lock (_listeners) stopped = _removal;
        await stopped.CancelAsync();
        await Seeding.WaitAsync(ct);
        try
        {
            await Traffic.WaitAsync(ct);
        }
        catch
        {
            Seeding.Release();
            Renew(stopped);
            throw;
        }

        return new Turn(this, stopped);
    }

    public void Dispose()
    {
        _removal.Dispose();
        Seeding.Dispose();
        Traffic.Dispose();
    }

    private void Renew(CancellationTokenSource stopped)
    {
        lock (_listeners) if (_removal == stopped) _removal = new();
    }

    private sealed class Turn(SampleTurns turns, CancellationTokenSource stopped) : IDisposable
    {
        public void Dispose()
        {
            turns.Renew(stopped);
            turns.Traffic.Release();
            turns.Seeding.Release();
            turns.Tell();
        }
    }
}
