using Nexus.Data.Monitoring;

namespace Nexus.Inference.Monitoring;

/// <summary>From now back to where the window was asked to begin, and further while the decisions are too few to judge by.</summary>
internal sealed class DriftWindow(FeatureLayout layout, DateTimeOffset asked)
{
    private readonly long _needed = DriftTest.Needed(layout);
    private DateTimeOffset? _from;

    public MinuteTally Tally { get; } = new(layout);

    /// <summary>Where it begins by what was added.</summary>
    public DateTimeOffset From => _from ?? asked;

    public bool Enough => Tally.Binned >= _needed;

    /// <param name="minute">Of the version in question; the newest first.</param>
    /// <returns>False once it is too old to be needed, as all that follow are.</returns>
    public bool Add(MonitoringMinute minute)
    {
        if (minute.Minute < asked)
        {
            if (Enough) return false;
            _from = minute.Minute;
        }

        Tally.Add(minute);
        return true;
    }
}
