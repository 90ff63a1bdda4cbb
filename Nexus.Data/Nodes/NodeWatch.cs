namespace Nexus.Data.Nodes;

/// <summary>
/// Tells from the beats that it is shown which nodes live. It goes by its own clock alone: a node is gone when its beats stood still
/// while this one looked on for <see cref="Patience"/>: two beats and a look less than the 15 s in which it is to be noticed.
/// </summary>
internal sealed class NodeWatch(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Clocks that are further apart than this are another matter.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Seen> _seen = [];

    /// <summary>The nodes as the database has them now, all of them.</summary>
    /// <returns>Those that have just been found gone.</returns>
    public IReadOnlyList<Node> See(IReadOnlyList<Node> nodes)
    {
        var gone = new List<Node>();
        lock (_gate)
        {
            foreach (var id in _seen.Keys.Except(nodes.Select(n => n.Id)).ToList()) _seen.Remove(id);
            foreach (var node in nodes)
            {
                var known = _seen.TryGetValue(node.Id, out var before);
                if (!known) before = new(-1, 0, Old(node) ? NodeState.Gone : NodeState.Up);
                var now = Judge(node, before);
                if (known && now.State == NodeState.Gone && before.State == NodeState.Up) gone.Add(node);
                _seen[node.Id] = now;
            }
        }

        return gone;
    }

    /// <summary>What could not be looked at says nothing: everybody's time begins anew.</summary>
    public void LookedAway()
    {
        lock (_gate)
        {
            foreach (var (id, seen) in _seen.ToList()) _seen[id] = seen with { At = time.GetTimestamp() };
        }
    }

    /// <summary>Null for a node that it was never shown.</summary>
    public NodeState? StateOf(Guid id)
    {
        lock (_gate) return _seen.TryGetValue(id, out var seen) ? seen.State : null;
    }

    private Seen Judge(Node node, Seen before)
    {
        if (node.StoppedAt is not null) return new(node.Beats, time.GetTimestamp(), NodeState.Stopped);
        if (before.Beats == -1) return new(node.Beats, time.GetTimestamp(), before.State);
        if (node.Beats != before.Beats) return new(node.Beats, time.GetTimestamp(), NodeState.Up);
        return time.GetElapsedTime(before.At) >= Patience ? before with { State = NodeState.Gone } : before;
    }

    /// <summary>One that a former life of this node, or a node long gone, has left; its beats may still prove otherwise.</summary>
    private bool Old(Node node) => node.SeenAt < time.GetUtcNow() - Past;

    private readonly record struct Seen(long Beats, long At, NodeState State);
}
