using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Nexus.Data.Live;

namespace Nexus.Web.Live;

/// <summary>
/// What one client listens to. Events wait in a bounded queue that drops its oldest: publishers never wait, and a client that
/// reads slowly misses events instead of holding memory.
/// </summary>
internal sealed class LiveConnection : IDisposable
{
    public const int MaxTopics = 100;
    private const int Waiting = 256;

    private readonly ConcurrentDictionary<string, IDisposable> _topics = new();
    private readonly Channel<LiveEvent> _queue = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly LiveEvents _live;

    public LiveConnection(LiveEvents live, ISingleClientProxy client)
    {
        _live = live;
        _ = SendAsync(client);
    }

    public bool Subscribe(string topic)
    {
        if (_topics.ContainsKey(topic)) return true;
        if (_topics.Count >= MaxTopics) return false;
        var subscription = _live.Subscribe(topic, e => _queue.Writer.TryWrite(e));
        if (!_topics.TryAdd(topic, subscription)) subscription.Dispose();
        return true;
    }

    public void Unsubscribe(string topic)
    {
        if (_topics.TryRemove(topic, out var subscription)) subscription.Dispose();
    }

    public void Dispose()
    {
        foreach (var subscription in _topics.Values) subscription.Dispose();
        _queue.Writer.TryComplete();
    }

    private async Task SendAsync(ISingleClientProxy client)
    {
        LiveEvent? last = null;
        await foreach (var live in _queue.Reader.ReadAllAsync())
        {
            // Bursts of "changed" say no more than one of them, as long as more wait behind.
            if (last is not null && live.Data is null && last.Topic == live.Topic && last.Kind == live.Kind && _queue.Reader.TryPeek(out var next) && next.Topic == live.Topic && next.Kind == live.Kind) continue;
            last = live;
            await client.SendAsync(LiveHub.Method, live);
        }
    }
}
