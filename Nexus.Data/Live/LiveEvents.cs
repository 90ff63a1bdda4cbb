using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Nexus.Data.Live;

/// <summary>
/// Publishes live events on this node, and to the others where there is a relay. Subscribers are called on the publisher's thread
/// and must return at once; one that throws is logged, and neither the others nor the publisher hear of it.
/// </summary>
public sealed partial class LiveEvents(TimeProvider time, ILogger<LiveEvents> logger)
{
    /// <summary>Moves on this node when another node, or this one, has changed what agents do or what people may. Never relayed.</summary>
    public const string Changes = "changes";

    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _topics = new();
    private volatile Action<LiveEvent>? _relay;

    /// <summary>How many topics somebody listens to.</summary>
    public int Topics => _topics.Count;

    /// <summary>Call after the change is committed, never before.</summary>
    public void Publish(string topic, string kind, object? data = null)
    {
        var relay = _relay;
        if (relay is null && !_topics.ContainsKey(topic)) return;
        var live = new LiveEvent(topic, kind, time.GetUtcNow(), data);
        Deliver(live);
        relay?.Invoke(live);
    }

    /// <summary>For what other nodes find out themselves.</summary>
    internal void PublishHere(string topic, string kind) => Deliver(new(topic, kind, time.GetUtcNow(), null));

    /// <returns>Dispose it to unsubscribe.</returns>
    public IDisposable Subscribe(string topic, Action<LiveEvent> receive)
    {
        var subscription = new Subscription(this, topic, receive);
        _topics.AddOrUpdate(topic, [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    /// <summary>Hands every event published here to the other nodes too; null ends that.</summary>
    /// <param name="relay">Called on the publisher's thread; returns at once and never throws.</param>
    internal void RelayBy(Action<LiveEvent>? relay) => _relay = relay;

    /// <summary>Calls the subscribers of this node.</summary>
    internal void Deliver(LiveEvent live)
    {
        if (!_topics.TryGetValue(live.Topic, out var subscribers)) return;
        foreach (var subscriber in subscribers)
        {
            try
            {
                subscriber.Receive(live);
            }
            catch (Exception failure)
            {
                Log.NotTaken(logger, failure, live.Topic, live.Kind); // what is told of is committed, whoever could not hear it
            }
        }
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

    private static partial class Log
    {
        [LoggerMessage(1825, LogLevel.Error, "A subscriber of {Topic} failed at an event of the kind {Kind}")]
        public static partial void NotTaken(ILogger logger, Exception failure, string topic, string kind);
    }
}
