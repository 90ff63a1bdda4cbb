using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// Tells which leases nobody keeps. It goes by its own clock alone, as nodes do about each other: a lease has lapsed when it stood still
/// for its whole length while this process looked on. The time written in it is compared with itself, never with a clock.
/// </summary>
internal sealed class LeaseWatch(TimeProvider time, IOptions<JobsOptions> options)
{
    private readonly ConcurrentDictionary<Guid, Seen> _seen = new();

    /// <summary>Who looked away for longer than this (the database was gone, the machine slept) has not seen a lease stand still.</summary>
    private TimeSpan Blink => options.Value.Lease / 2;

    public bool HasLapsed(Guid run, string owner, DateTimeOffset until)
    {
        var now = time.GetTimestamp();
        var seen = _seen.AddOrUpdate(
            run,
            _ => new(owner, until, now, now),
            (_, before) => before.Owner == owner && before.Until == until && time.GetElapsedTime(before.Looked, now) <= Blink
                ? before with { Looked = now }
                : new(owner, until, now, now));
        return time.GetElapsedTime(seen.Since, now) >= options.Value.Lease;
    }

    /// <summary>Forgets the runs that have ended.</summary>
    public void Keep(IReadOnlySet<Guid> unfinished)
    {
        foreach (var run in _seen.Keys.Where(run => !unfinished.Contains(run))) _seen.TryRemove(run, out _);
    }

    private sealed record Seen(string Owner, DateTimeOffset Until, long Since, long Looked);
}
