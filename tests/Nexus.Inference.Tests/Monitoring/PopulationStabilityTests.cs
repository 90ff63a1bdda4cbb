using MathNet.Numerics.Distributions;
using Nexus.Inference.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Monitoring;

public sealed class PopulationStabilityTests
{
    [Fact]
    public void Index_of_the_published_example_is_the_published_value()
    {
        double[] reference = [.1, .1, .1, .1, .1, .1, .1, .1, .1, .1];
        double[] current = [.05, .05, .1, .1, .1, .1, .1, .1, .15, .15];

        PopulationStability.Index(reference, current).ShouldBe(.10986123, 1e-8);
    }

    [Theory]
    [InlineData(.95, 16.918978)]
    [InlineData(.99, 21.665994)]
    [InlineData(.999, 27.877165)]
    public void Limit_is_the_quantile_of_chi_square_over_the_rows(double quantile, double expected) =>
        (PopulationStability.Limit(10, 200, 1000, 1 - quantile) / ((1.0 / 200) + (1.0 / 1000))).ShouldBe(expected, 1e-5);

    [Fact]
    public void Adjusted_p_values_of_the_published_example_are_the_published_values()
    {
        double[] p = [.001, .008, .039, .041, .042, .06, .074, .205];
        double[] expected = [.008, .032, .0672, .0672, .0672, .08, .084571, .205];

        var adjusted = FalseDiscovery.Adjust(p);

        for (var i = 0; i < p.Length; i++) adjusted[i].ShouldBe(expected[i], 1e-6);
        FalseDiscovery.Level(adjusted, .05).ShouldBe(2 * .05 / 8, 1e-12);
    }

    [Fact]
    public void Limit_without_drift_is_passed_at_about_alpha_and_a_shift_of_half_sigma_is_found()
    {
        var random = new Random(7);
        double FalseAlarms(double shift) => Enumerable.Range(0, 2000).Count(_ => Alarm(random, 200, 1000, shift)) / 2000.0;

        FalseAlarms(0).ShouldBeInRange(.03, .08);
        FalseAlarms(.5).ShouldBeGreaterThanOrEqualTo(.99);
    }

    [Fact]
    public void P_value_and_limit_say_the_same()
    {
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var reference = Enumerable.Range(0, 8).Select(_ => (long)random.Next(1, 400)).ToArray();
            var current = Enumerable.Range(0, 8).Select(_ => (long)random.Next(0, 60)).ToArray();
            var stability = PopulationStability.Of(reference, current);
            var limit = PopulationStability.Limit(stability.Bins, stability.Current, stability.Reference, .01);
            (stability.PValue < .01).ShouldBe(stability.Index > limit);
        }
    }

    [Fact]
    public void Bins_empty_on_both_sides_change_nothing()
    {
        var with = PopulationStability.Of([10, 0, 20, 30, 0], [4, 0, 8, 3, 0]);
        var without = PopulationStability.Of([10, 20, 30], [4, 8, 3]);

        with.ShouldBe(without);
        PopulationStability.Of([10, 0], [0, 0]).PValue.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 10, 0, .277533)]
    [InlineData(81, 263, .255, .366)]
    [InlineData(15, 148, .062, .161)]
    public void Wilson_interval_is_as_published(long successes, long total, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, total)!.Value;

        interval.Lower.ShouldBe(lower, 6e-4);
        interval.Upper.ShouldBe(upper, 6e-4);
        WilsonInterval.Of(0, 0).ShouldBeNull();
    }

    /// <summary>A fresh reference with its own deciles, and a window from the same normal distribution moved by the shift.</summary>
    private static bool Alarm(Random random, int n, int m, double shift)
    {
        var sample = Enumerable.Range(0, m).Select(_ => Normal.Sample(random, 0, 1)).Order().ToArray();
        var edges = Enumerable.Range(1, 9).Select(i => sample[(i * m / 10) - 1]).ToArray();
        var binner = new FeatureBinner(new("x", "numeric", edges, null, [.. Enumerable.Repeat((long)m / 10, 10), 0]));
        var current = new long[binner.Bins];
        for (var i = 0; i < n; i++) current[binner.Of(Normal.Sample(random, shift, 1))]++;
        var stability = PopulationStability.Of([.. binner.Reference.Counts], current);
        return stability.Index > PopulationStability.Limit(stability.Bins, stability.Current, stability.Reference, .05);
    }
}
