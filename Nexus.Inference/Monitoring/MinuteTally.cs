using Nexus.Data.Monitoring;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>Counts being added up: decisions into a minute, minutes into a window.</summary>
/// <param name="layout">Null where the version has no reference: features are not counted.</param>
internal sealed class MinuteTally(FeatureLayout? layout)
{
    private readonly long[] _latency = new long[LatencyScale.Buckets];
    private readonly long[] _features = new long[layout?.Bins ?? 0];

    public long Decisions { get; private set; }
    public long Errors { get; private set; }
    public long Labeled { get; private set; }
    public long Correct { get; private set; }

    /// <summary>Decisions whose features were counted by this layout.</summary>
    public long Binned { get; private set; }
    public OutputCounts Outputs { get; } = new();
    public UnseenCategories Unseen { get; } = new();
    public ReadOnlySpan<long> Latency => _latency;
    public ReadOnlySpan<long> Features => _features;

    public void Count(string? label, double? score, long latencyMicroseconds)
    {
        Decisions++;
        _latency[LatencyScale.Of(latencyMicroseconds)]++;
        Outputs.Count(label, score);
    }

    public void CountError() => Errors++;

    /// <param name="values">The features of one decision.</param>
    /// <param name="places">For each feature of the layout its place in <paramref name="values"/>, or −1.</param>
    public void CountFeatures(ReadOnlySpan<FeatureValue> values, ReadOnlySpan<int> places)
    {
        if (layout is null) return;
        Binned++;
        for (var i = 0; i < places.Length; i++)
        {
            var binner = layout.Binners[i];
            var value = places[i] < 0 || places[i] >= values.Length ? FeatureValue.Missing : values[places[i]];
            var bin = value.IsMissing ? binner.Missing : binner.Of(value);
            _features[layout.Offsets[i] + bin]++;
            if (bin == binner.Other && value.Text is { } text && binner.Reference.Counts[bin] == 0) Unseen.Count(binner.Reference.Name, text);
        }
    }

    public void Add(MonitoringMinute minute)
    {
        Decisions += minute.Decisions;
        Errors += minute.Errors;
        Labeled += minute.Labeled;
        Correct += minute.Correct;
        PackedCounts.Add(minute.Latency, _latency);
        Outputs.Add(minute.Outputs);
        if (layout is null || !layout.Add(minute.Features, _features)) return;
        Binned += minute.Decisions;
        Unseen.Add(minute.Unseen);
    }

    /// <summary>Writes the counts of answers; those of feedback stay as they are.</summary>
    public void WriteTo(MonitoringMinute minute)
    {
        minute.Decisions = Decisions;
        minute.Errors = Errors;
        minute.Latency = PackedCounts.Pack(_latency);
        minute.Outputs = Outputs.Pack();
        minute.Features = layout?.Pack(_features) ?? [];
        minute.Unseen = Unseen.Pack();
    }
}
