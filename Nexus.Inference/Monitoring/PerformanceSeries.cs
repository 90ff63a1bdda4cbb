using System.Xml;
using Nexus.Data.Monitoring;

namespace Nexus.Inference.Monitoring;

/// <summary>Minutes on their way into a report.</summary>
internal sealed class PerformanceSeries
{
    private const int RollingLabels = 200;

    private readonly TimeSpan _window;
    private readonly TimeSpan _point;
    private readonly DateTimeOffset _to;
    private readonly MinuteTally _sum = new(null);
    private readonly MinuteTally[] _points;
    private readonly SortedDictionary<int, MinuteTally> _versions = [];
    private DateTimeOffset _newest;

    public PerformanceSeries(DateTimeOffset to, TimeSpan window)
    {
        (_to, _window, _point) = (to, window, MonitoringWindow.PointOf(window));
        From = MonitoringWindow.Floor(to - window, _point);
        _points = [.. Enumerable.Range(0, (int)((to - From) / _point) + 1).Select(_ => new MinuteTally(null))];
    }

    /// <summary>The beginning of the first point.</summary>
    public DateTimeOffset From { get; }

    public bool AnyLabeled => _sum.Labeled > 0 && _sum.Outputs.Labels.Count > 0;

    /// <summary>Values were answered, and truths came.</summary>
    public bool AnyMeasured => _sum.Labeled > 0 && _sum.Outputs.Labels.Count == 0;

    /// <summary>The version that answered last.</summary>
    public int? NewestVersion { get; private set; }

    public void Add(MonitoringMinute minute)
    {
        _sum.Add(minute);
        _points[PointOf(minute.Minute)].Add(minute);
        if (!_versions.TryGetValue(minute.ModelVersion, out var version)) _versions[minute.ModelVersion] = version = new(null);
        version.Add(minute);
        if (minute.Decisions > 0 && minute.Minute >= _newest) (_newest, NewestVersion) = (minute.Minute, minute.ModelVersion);
    }

    /// <param name="deviations">Of a regression; empty for classes.</param>
    public PerformanceReport ToReport(string agent, ReferenceProfile? training, LastClassBaseline? lastClass, IReadOnlyList<Deviation> deviations)
    {
        var points = deviations.ToLookup(d => PointOf(d.At));
        var versions = deviations.ToLookup(d => d.ModelVersion);
        var trained = training is null ? 0 : training.Labels.Values.Sum();
        return new(
            agent, XmlConvert.ToString(_window), From, _to, _sum.Decisions, _sum.Errors, _sum.Labeled,
            AccuracyOf(_sum), LiveDeviation.Of(deviations), lastClass, LatencyPercentiles.Of(_sum.Latency),
            [
                .. _sum.Outputs.Labels.OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal).Select(l => new OutputShare(
                    l.Key, l.Value, (double)l.Value / _sum.Decisions,
                    trained == 0 ? null : (double)training!.Labels.GetValueOrDefault(l.Key) / trained)),
            ],
            [.. _versions.Select(v => new VersionPerformance(
                v.Key, v.Value.Decisions, _sum.Decisions == 0 ? 0 : (double)v.Value.Decisions / _sum.Decisions, LatencyPercentiles.Of(v.Value.Latency), AccuracyOf(v.Value), LiveDeviation.Of([.. versions[v.Key]])))],
            (int)_point.TotalSeconds,
            [.. _points.Select((point, index) => Point(point, index, points))]);
    }

    private PerformancePoint Point(MinuteTally point, int index, ILookup<int, Deviation> deviations)
    {
        var at = From + (_point * index);
        var seconds = Math.Max(1, Math.Min(_point.TotalSeconds, (_to - at).TotalSeconds));
        return new(
            at, point.Decisions, point.Decisions / seconds, point.Errors, LatencyPercentiles.Of(point.Latency), AccuracyOf(point), Rolling(index), Rolling(index, deviations),
            point.Outputs.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).ToDictionary(l => l.Key, l => (double)l.Value / point.Decisions), Median(point.Outputs.Scores));
    }

    private int PointOf(DateTimeOffset at) => Math.Clamp((int)((at - From) / _point), 0, _points.Length - 1);

    private static LiveDeviation? Rolling(int index, ILookup<int, Deviation> deviations)
    {
        if (!deviations[index].Any()) return null;
        var rolling = new List<Deviation>();
        for (var i = index; i >= 0 && rolling.Count < RollingLabels; i--) rolling.AddRange(deviations[i]);
        return LiveDeviation.Of(rolling);
    }

    /// <summary>A stretch alone has too few labels to read a trend from.</summary>
    private LiveAccuracy? Rolling(int index)
    {
        if (_points[index].Labeled == 0 || _sum.Outputs.Labels.Count == 0) return null;
        long labeled = 0, correct = 0;
        for (var i = index; i >= 0 && labeled < RollingLabels; i--)
        {
            labeled += _points[i].Labeled;
            correct += _points[i].Correct;
        }

        return LiveAccuracy.Of(correct, labeled);
    }

    /// <summary>Of classes alone: a regression's answer is never simply right.</summary>
    private static LiveAccuracy? AccuracyOf(MinuteTally tally) => tally.Outputs.Labels.Count == 0 ? null : LiveAccuracy.Of(tally.Correct, tally.Labeled);

    private static double? Median(SortedDictionary<int, long> scores)
    {
        var rank = (scores.Values.Sum() + 1) / 2;
        foreach (var (bucket, count) in scores)
        {
            rank -= count;
            if (rank <= 0) return ScoreScale.Middle(bucket);
        }

        return null;
    }
}
