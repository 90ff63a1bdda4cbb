using System.Collections.Concurrent;

namespace Nexus.Web.Platform;

/// <summary>A bucket for each caller that has asked of late: those of others are full, and are let go as new ones come.</summary>
internal sealed class RequestBuckets(int tokens, TimeSpan period, TimeProvider time)
{
    private const int Few = 1024;
    private readonly ConcurrentDictionary<string, RequestBucket> _callers = new(StringComparer.OrdinalIgnoreCase);
    private int _sweepAt = Few;

    public int Count => _callers.Count;

    public bool TryTake(string caller)
    {
        while (true)
        {
            var bucket = Of(caller);
            if (bucket.TryTake()) return true;
            if (!bucket.IsRetired) return false;
            _callers.TryRemove(new(caller, bucket));
        }
    }

    public RequestBucket Of(string caller)
    {
        if (_callers.TryGetValue(caller, out var bucket)) return bucket;
        if (_callers.Count >= Volatile.Read(ref _sweepAt)) Sweep();
        return _callers.GetOrAdd(caller, _ => new(tokens, period, time));
    }

    private void Sweep()
    {
        foreach (var known in _callers)
        {
            if (known.Value.TryRetire()) _callers.TryRemove(known);
        }

        // Of those that are left each pays for one look of the next sweep.
        Volatile.Write(ref _sweepAt, Math.Max(Few, 2 * _callers.Count));
    }
}
