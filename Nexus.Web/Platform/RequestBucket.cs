namespace Nexus.Web.Platform;

/// <summary>
/// A caller's requests, as a bucket of tokens that fills evenly: one number, the moment at which it will be full again. Taking a
/// token allocates nothing and takes no lock.
/// </summary>
internal sealed class RequestBucket
{
    private const long Retired = long.MaxValue;
    private readonly TimeProvider _time;
    private readonly long _interval;
    private readonly long _size;
    private long _fullAt;

    /// <param name="tokens">So many at once, and so many in each <paramref name="period"/>.</param>
    public RequestBucket(int tokens, TimeSpan period, TimeProvider time)
    {
        _time = time;
        _interval = Math.Max(1, (long)(period.TotalSeconds * time.TimestampFrequency / tokens));
        _size = _interval * tokens;
    }

    /// <summary>Whether it is nobody's any more: the caller has another.</summary>
    public bool IsRetired => Volatile.Read(ref _fullAt) == Retired;

    public bool TryTake()
    {
        var now = _time.GetTimestamp();
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var after = fullAt == Retired ? Retired : Math.Max(fullAt, now) + _interval;
            if (after == Retired || after - now > _size) return false;
            if (Interlocked.CompareExchange(ref _fullAt, after, fullAt) == fullAt) return true;
        }
    }

    /// <summary>Puts a token back that turned out not to be due.</summary>
    public void GiveBack()
    {
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            if (fullAt == Retired || Interlocked.CompareExchange(ref _fullAt, fullAt - _interval, fullAt) == fullAt) return;
        }
    }

    /// <summary>Where it is full, and so as good as a new one, gives no token any more.</summary>
    public bool TryRetire()
    {
        var fullAt = Volatile.Read(ref _fullAt);
        return fullAt <= _time.GetTimestamp() && Interlocked.CompareExchange(ref _fullAt, Retired, fullAt) == fullAt;
    }
}
