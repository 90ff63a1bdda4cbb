using Nexus.Data.Pipelines;
using Nexus.Jobs.Sweeps;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>The best trial, and those that cannot be told from it.</summary>
public sealed class StandingTests
{
    [Fact]
    public void Trial_is_as_good_unless_its_distance_is_more_than_chance_explains()
    {
        // Standard errors of 0.01 (half width 0.0196), so 0.01414 of a difference; two comparisons at 5 %: one-sided quantile at √0.95 is 1.955.
        var standing = Standing.Of([Row(0, 0.80), Row(1, 0.773), Row(2, 0.772)], maximize: true);

        standing.Best!.Index.ShouldBe(0);
        standing.AsGood.ShouldBe([1]); // 0.027 / 0.01414 = 1.909, and 0.028 / 0.01414 = 1.980
        standing.Compared.ShouldBe(2);
    }

    [Fact]
    public void More_comparisons_ask_for_a_larger_distance()
    {
        List<TrialRow> rows = [Row(0, 0.80), Row(1, 0.772)];
        Standing.Of(rows, maximize: true).AsGood.ShouldBeEmpty();

        rows.AddRange(Enumerable.Range(2, 20).Select(i => Row(i, 0.70)));

        Standing.Of(rows, maximize: true).AsGood.ShouldBe([1]);
    }

    [Fact]
    public void Least_is_best_where_the_metric_is_minimized() =>
        Standing.Of([Row(0, 0.5), Row(1, 0.4), Row(2, 0.6)], maximize: false).Best!.Index.ShouldBe(1);

    [Fact]
    public void Without_intervals_only_an_equal_value_is_as_good()
    {
        var standing = Standing.Of([Row(0, 0.8, half: null), Row(1, 0.8, half: null), Row(2, 0.7999, half: null)], maximize: true);

        standing.Best!.Index.ShouldBe(0);
        standing.AsGood.ShouldBe([1]);
    }

    [Fact]
    public void Best_is_one_that_succeeded()
    {
        Standing.Of([Row(0, 0.9) with { Status = RunStatus.Failed }, Row(1, 0.8)], maximize: true).Best!.Index.ShouldBe(1);
        Standing.Of([Row(0, 0.9) with { Status = RunStatus.Failed }], maximize: true).Best.ShouldBeNull();
        Standing.Of([Row(0, 0.9) with { Value = null }], maximize: true).Best.ShouldBeNull();
    }

    private static TrialRow Row(int index, double value, double? half = 0.0196) => new(
        index, "[]", Guid.NewGuid(), null, null, index + 1, RunStatus.Succeeded, null, null, false, null, null, null, value, value - half, value + half);
}
