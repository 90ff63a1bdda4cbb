namespace Nexus.Jobs.Registry.Evidence;

/// <summary>Keeps the answers of the last few questions; two who ask the same at once share one answer.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly LinkedList<(TKey Key, Lazy<Task<TValue>> Value)> _order = new();
    private readonly Lock _lock = new();

    /// <param name="make">Runs once per key, for all who wait: it is not cancelled with the first of them.</param>
    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> make, CancellationToken ct)
    {
        var value = Find(key, make);
        try
        {
            return await value.Value.WaitAsync(ct);
        }
        catch when (value.Value.IsFaulted || value.Value.IsCanceled)
        {
            Forget(key, value);
            throw;
        }
    }

    private Lazy<Task<TValue>> Find(TKey key, Func<Task<TValue>> make)
    {
        lock (_lock)
        {
            for (var node = _order.First; node is not null; node = node.Next)
            {
                if (!EqualityComparer<TKey>.Default.Equals(node.Value.Key, key)) continue;
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Value;
            }

            var made = new Lazy<Task<TValue>>(make);
            _order.AddFirst((key, made));
            if (_order.Count > capacity) _order.RemoveLast();
            return made;
        }
    }

    private void Forget(TKey key, Lazy<Task<TValue>> value)
    {
        lock (_lock)
        {
            for (var node = _order.First; node is not null; node = node.Next)
            {
                if (!ReferenceEquals(node.Value.Value, value) || !EqualityComparer<TKey>.Default.Equals(node.Value.Key, key)) continue;
                _order.Remove(node);
                return;
            }
        }
    }
}
