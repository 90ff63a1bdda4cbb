namespace Nexus.Jobs.Samples;

/// <summary>The traffic's place in its stream, how many applications are due, and which outcomes are still to be told.</summary>
internal sealed class TrafficFlow(Guid agent, string name, LoanStream stream, SampleOptions options, DateTimeOffset now)
{
    private const double Hurry = 10;
    private static readonly TimeSpan Day = TimeSpan.FromMinutes(10); // busy and quiet hours, in small
    private readonly PriorityQueue<(Guid Decision, string Outcome), DateTimeOffset> _told = new();
    private DateTimeOffset _last = now;
    private double _owed;

    public Guid Agent => agent;

    public string Name => name;

    public LoanStream Stream => stream;

    /// <summary>The place of the next application.</summary>
    public long Next { get; set; }

    /// <summary>How many applications are due since the last time this was asked; never more than a second's worth.</summary>
    public int Due(DateTimeOffset at)
    {
        var hurried = Next < options.HurriedDecisions;
        var swing = hurried ? Hurry : 1 + (0.35 * Math.Sin(2 * Math.PI * (at.UtcTicks % Day.Ticks) / Day.Ticks));
        var rate = options.DecisionsPerSecond * swing;
        _owed = Math.Min(_owed + (rate * Math.Max(0, (at - _last).TotalSeconds)), Math.Max(1, rate));
        _last = at;
        var due = (int)_owed;
        _owed -= due;
        return due;
    }

    public void Remember(Guid decision, DateTimeOffset at, long place)
    {
        var (_, outcome, after) = stream.At(place);
        if (after is { } delay) _told.Enqueue((decision, outcome), at + (delay * options.LabelDelayFactor));
    }

    /// <summary>The next outcome that is heard of by now; null where none is.</summary>
    public (Guid Decision, string Outcome)? TakeTold(DateTimeOffset now) =>
        _told.TryPeek(out var told, out var at) && at <= now && _told.TryDequeue(out told, out _) ? told : null;
}
