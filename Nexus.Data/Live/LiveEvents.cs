using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Nexus.Data.Live;

/// <summary>
/// Publishes live events inside the process. Subscribers are called on the publisher's thread and must return at once;
/// one that throws is dropped from the call, not from the list.
/// </summary>
public sealed class LiveEvents(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _topics = new();

    /// <summary>How many topics somebody listens to.</summary>
    public int Topics => _topics.Count;

    /// <summary>Call after the change is committed, never before.</summary>
    public void Publish(string topic, string kind, object? data = null)
    {
        if (!_topics.TryGetValue(topic, out var subscribers)) return;
        var live = new LiveEvent(topic, kind, time.GetUtcNow(), data);
        foreach (var subscriber in subscribers) subscriber.Receive(live);
    }

    /// <returns>Dispose it to unsubscribe.</returns>
    public IDisposable Subscribe(string topic, Action<LiveEvent> receive)
    {
        var subscription = new Subscription(this, topic, receive);
        _topics.AddOrUpdate(topic, [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    private sealed class Subscription(LiveEvents owner, string topic, Action<LiveEvent> receive) : IDisposable
    {
        public void Receive(LiveEvent live) => receive(live);

        public void Dispose()
        {
            // A topic that nobody listens to any more is forgotten: clients name as many as they like.
            while (owner._topics.TryGetValue(topic, out var all) && all.Contains(this))
            {
                var others = all.Remove(this);
                if (others.IsEmpty ? owner._topics.TryRemove(new(topic, all)) : owner._topics.TryUpdate(topic, others, all)) return;
            }
        }
    }
}
