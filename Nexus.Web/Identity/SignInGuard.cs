namespace Nexus.Web.Identity;

/// <summary>
/// Slows down who guesses passwords: five failures at an account from one client are followed by a wait, which doubles each
/// time. What another client does never makes this one wait. It counts for names that nobody has just as for others.
/// </summary>
internal sealed class SignInGuard(TimeProvider time)
{
    public const int Tries = 5;
    public const int MaxEntries = 10_000;
    public static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Client), Entry> _entries = [];

    public int Entries
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How long this client is still to wait before it may try this name; zero where it may.</summary>
    public TimeSpan Wait(string name, string client)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(KeyOf(name, client), out var entry) && entry.Until > time.GetUtcNow() ? entry.Until - time.GetUtcNow() : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Counts a try as a failure before it is made, so that a hundred at once are no more than one after the other; one that
    /// succeeds is taken back by <see cref="Forget"/>.
    /// </summary>
    /// <returns>How long to wait instead, where nothing was counted; zero where it may be made.</returns>
    public TimeSpan Try(string name, string client)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_entries.TryGetValue(KeyOf(name, client), out var waiting) && waiting.Until > now) return waiting.Until - now;
            if (_entries.Count >= MaxEntries) Prune(now);
            var known = _entries.TryGetValue(KeyOf(name, client), out var entry) && entry.LastAt > now - Memory ? entry : new(0, 0, default, now);
            var failures = known.Failures + 1;
            _entries[KeyOf(name, client)] = failures < Tries
                ? known with { Failures = failures, LastAt = now }
                : new(0, known.Waits + 1, now + WaitOf(known.Waits), now);
            return TimeSpan.Zero;
        }
    }

    public void Forget(string name, string client)
    {
        lock (_lock)
        {
            _entries.Remove(KeyOf(name, client));
        }
    }

    private static TimeSpan WaitOf(int waitsBefore) => waitsBefore >= 5 ? Longest : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << waitsBefore));

    private static (string Name, string Client) KeyOf(string name, string client) => (name.ToUpperInvariant(), client);

    /// <summary>What is over goes; where that is not enough, the quarter that has been quiet the longest.</summary>
    private void Prune(DateTimeOffset now)
    {
        foreach (var (key, _) in _entries.Where(e => e.Value.LastAt <= now - Memory).ToList()) _entries.Remove(key);
        if (_entries.Count < MaxEntries) return;
        foreach (var (key, _) in _entries.OrderBy(e => e.Value.LastAt).Take(MaxEntries / 4).ToList()) _entries.Remove(key);
    }

    /// <param name="Failures">Since the last wait.</param>
    private sealed record Entry(int Failures, int Waits, DateTimeOffset Until, DateTimeOffset LastAt);
}
