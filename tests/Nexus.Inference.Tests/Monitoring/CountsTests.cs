using CsCheck;
using Nexus.Inference.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Monitoring;

public sealed class CountsTests
{
    [Fact]
    public void Packed_counts_come_back_and_add_up() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 4].Array[0, 200], Gen.Int[0, 3]).Sample((counts, zeroEvery) =>
        {
            for (var i = 0; zeroEvery > 0 && i < counts.Length; i += zeroEvery) counts[i] = 0;
            var packed = PackedCounts.Pack(counts);
            var twice = new long[counts.Length];
            PackedCounts.Add(packed, twice);
            PackedCounts.Add(packed, twice);
            return twice.SequenceEqual(counts.Select(c => 2 * c));
        });

    [Fact]
    public void Latency_read_from_a_bucket_is_off_by_at_most_a_32nd() =>
        Gen.Int[0, 130_000_000].Sample(us => Math.Abs(LatencyScale.Middle(LatencyScale.Of(us)) - us) <= us / 32.0);

    [Fact]
    public void Latency_buckets_are_in_the_order_of_latency() =>
        Gen.Select(Gen.Int[0, 200_000_000], Gen.Int[0, 200_000_000]).Sample((a, b) =>
            LatencyScale.Of(Math.Min(a, b)) <= LatencyScale.Of(Math.Max(a, b)) && LatencyScale.Of(Math.Max(a, b)) < LatencyScale.Buckets);

    [Fact]
    public void Score_read_from_a_bucket_is_off_by_at_most_a_twentieth() =>
        Gen.Double[-1e9, 1e9].Where(v => Math.Abs(v) > 1e-9).Sample(v => Math.Abs(ScoreScale.Middle(ScoreScale.Of(v)) - v) <= Math.Abs(v) / 20);

    [Fact]
    public void Outputs_come_back_and_add_up()
    {
        var counts = new OutputCounts();
        for (var i = 0; i < 300; i++) counts.Count(i % 3 == 0 ? "größer" : "DOWN", null);
        counts.Count(null, -4.2);
        counts.Count(null, 0);
        counts.Count(null, 4.2);

        var twice = new OutputCounts();
        twice.Add(counts.Pack());
        twice.Add(counts.Pack());

        twice.Labels.ShouldBe(new SortedDictionary<string, long> { ["größer"] = 200, ["DOWN"] = 400 }, ignoreOrder: true);
        twice.Scores.Values.ShouldBe([2, 2, 2]);
        twice.Scores.Keys.ShouldBe(counts.Scores.Keys);
    }

    [Fact]
    public void Counts_of_another_layout_are_not_taken()
    {
        var one = new FeatureLayout(new(10, [new("x", "text", null, null, [10, 0])], new Dictionary<string, long>()));
        var other = new FeatureLayout(new(10, [new("y", "text", null, null, [10, 0])], new Dictionary<string, long>()));
        var counts = new long[2];

        other.Add(one.Pack([3, 4]), counts).ShouldBeFalse();
        one.Add(one.Pack([3, 4]), counts).ShouldBeTrue();
        counts.ShouldBe([3, 4]);
    }
}
