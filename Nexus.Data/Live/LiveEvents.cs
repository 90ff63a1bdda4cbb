using System.Collections.Concurrent;

namespace Nexus.Data.Live;

/// <summary>
/// Publishes live events inside the process. Subscribers are called on the publisher's thread and must return at once;
/// one that throws is dropped from the call, not from the list.
/// </summary>
public sealed class LiveEvents(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Subscription, byte>> _topics = new();

    /// <summary>Call after the change is committed, never before.</summary>
    public void Publish(string topic, string kind, object? data = null)
    {
        if (!_topics.TryGetValue(topic, out var subscribers) || subscribers.IsEmpty) return;
        var live = new LiveEvent(topic, kind, time.GetUtcNow(), data);
        foreach (var subscriber in subscribers.Keys) subscriber.Receive(live);
    }

    /// <returns>Dispose it to unsubscribe.</returns>
    public IDisposable Subscribe(string topic, Action<LiveEvent> receive)
    {
        var subscription = new Subscription(this, topic, receive);
        _topics.GetOrAdd(topic, _ => new()).TryAdd(subscription, 0);
        return subscription;
    }

    private sealed class Subscription(LiveEvents owner, string topic, Action<LiveEvent> receive) : IDisposable
    {
        public void Receive(LiveEvent live) => receive(live);

        public void Dispose()
        {
            if (owner._topics.TryGetValue(topic, out var subscribers)) subscribers.TryRemove(this, out _);
        }
    }
}
