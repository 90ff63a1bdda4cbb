using System.Xml;
using Nexus.Data.Agents;
using Nexus.Data.Monitoring;

namespace Nexus.Inference.Monitoring;

/// <summary>One agent's minutes on their way into a glance, the newest first; none of them is kept.</summary>
internal sealed class AgentGlance(
    AgentView agent, IReadOnlyDictionary<(string Model, int Version), FeatureLayout?> layouts, TimeSpan window,
    DateTimeOffset asked, DateTimeOffset oldest, DateTimeOffset to)
{
    private readonly PerformanceSeries _series = new(to, window);
    private readonly List<(DateTimeOffset Minute, long Decisions)> _volume = [];
    private DriftWindow? _drift;
    private int? _version;

    public AgentView Agent => agent;

    /// <summary>Whether older minutes may tell more of its drift.</summary>
    public bool Short => _version is null || _drift is { Enough: false };

    public void Add(MonitoringMinute minute)
    {
        if (minute.Minute >= _series.From) _series.Add(minute);
        if (minute.Minute >= asked) _volume.Add((minute.Minute, minute.Decisions));
        if (minute.Minute < oldest) return;
        if (_version is null && minute.Decisions > 0) Judge(minute.ModelVersion);
        if (minute.ModelVersion == _version) _drift?.Add(minute);
    }

    /// <param name="alpha">The level of the whole agent.</param>
    public FleetAgent Tell(double alpha, MonitoringOptions options)
    {
        if (agent.ProductionVersion is null && _volume.Count == 0) return new(agent, null, []);
        if (_version is null && agent.ProductionVersion is { } served) Judge(served);
        var performance = _series.ToReport(agent.Name, _version is { } version ? Layout(version)?.Reference : null, lastClass: null, []);
        var drift = Drift(alpha, options);
        var (health, sentence) = HealthSentence.Of(performance, drift);
        return new(agent, new(health, sentence, performance, drift), Volume());
    }

    // The version that answered last, or would answer now.
    private void Judge(int version)
    {
        _version = version;
        if (Layout(version) is { } layout) _drift = new(layout, asked);
    }

    private FeatureLayout? Layout(int version) => layouts.GetValueOrDefault((agent.Model, version));

    private DriftReport Drift(double alpha, MonitoringOptions options)
    {
        DriftReport Report(DateTimeOffset from, long decisions, string state, IReadOnlyList<FeatureDrift> features) => new(
            agent.Name, _version, XmlConvert.ToString(window), from, to, from < asked, decisions, state, alpha, XmlConvert.ToString(options.FalseAlarmEvery), features);
        if (_drift is null) return Report(asked, 0, _version is null ? DriftStates.NotEnoughData : DriftStates.NoReference, []);
        var features = DriftTest.Judge(Layout(_version!.Value)!, _drift.Tally, alpha, options.EffectFloor);
        return Report(_drift.From, _drift.Tally.Binned, DriftTest.StateOf(features), features);
    }

    private double[] Volume()
    {
        if (_volume.Count == 0) return [];
        var first = _volume.Min(m => m.Minute);
        var point = to - first < TimeSpan.FromMinutes(90) ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(15);
        var from = MonitoringWindow.Floor(first, point);
        // The point that is not over yet would always look like a fall.
        var points = new double[Math.Max(1, (int)((to - from) / point))];
        foreach (var (minute, decisions) in _volume)
        {
            if ((int)((minute - from) / point) is var at && at < points.Length) points[at] += decisions / point.TotalSeconds;
        }

        return points;
    }
}
