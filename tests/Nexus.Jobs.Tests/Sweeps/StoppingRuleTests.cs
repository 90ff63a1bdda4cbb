using Nexus.Jobs.Sweeps.Stopping;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>Known answers of the rules that stop hopeless runs.</summary>
public sealed class StoppingRuleTests
{
    private static readonly double[] Averages = [0.50, 0.40, 0.70, 0.60, 0.55];

    [Fact]
    public void Median_is_the_middle_or_the_mean_of_the_two_middle_values()
    {
        MedianRule.Median([3, 1, 2]).ShouldBe(2);
        MedianRule.Median([4, 1, 2, 3]).ShouldBe(2.5);
    }

    [Fact]
    public void Median_rule_stops_only_what_is_strictly_worse_than_the_median()
    {
        // The median of the five averages is 0.55.
        MedianRule.Exceeded(0.551, Averages, maximize: false, minTrials: 5).ShouldBe(0.55);
        MedianRule.Exceeded(0.55, Averages, maximize: false, minTrials: 5).ShouldBeNull();
        MedianRule.Exceeded(0.549, Averages, maximize: false, minTrials: 5).ShouldBeNull();
        MedianRule.Exceeded(0.549, Averages, maximize: true, minTrials: 5).ShouldBe(0.55);
        MedianRule.Exceeded(0.551, Averages, maximize: true, minTrials: 5).ShouldBeNull();
    }

    [Fact]
    public void Median_rule_waits_for_enough_earlier_runs() =>
        MedianRule.Exceeded(9, Averages, maximize: false, minTrials: 6).ShouldBeNull();

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 10L)]
    [InlineData(39, 10L)]
    [InlineData(40, 40L)]
    [InlineData(159, 40L)]
    [InlineData(160, 160L)]
    [InlineData(641, 640L)]
    public void Rungs_of_asha_lie_at_powers_of_the_reduction(long step, long? rung) => AshaRule.Rung(step, 10, 4).ShouldBe(rung);

    [Fact]
    public void Asha_lets_the_first_runs_on_and_then_one_in_eta()
    {
        // η = 4: of 4 runs the best goes on, of 7 still one, of 8 two.
        AshaRule.Dropped(0.9, [0.1, 0.2], maximize: false, 4).ShouldBeNull();
        AshaRule.Dropped(0.3, [0.1, 0.2, 0.4], maximize: false, 4).ShouldBe(3);
        AshaRule.Dropped(0.05, [0.1, 0.2, 0.4], maximize: false, 4).ShouldBeNull();
        AshaRule.Dropped(0.15, [0.1, 0.2, 0.4, 0.5, 0.6, 0.7], maximize: false, 4).ShouldBe(2);
        AshaRule.Dropped(0.15, [0.1, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8], maximize: false, 4).ShouldBeNull();
        AshaRule.Dropped(0.15, [0.1, 0.2, 0.4], maximize: true, 4).ShouldBe(3);
        AshaRule.Dropped(0.5, [0.1, 0.2, 0.4], maximize: true, 4).ShouldBeNull();
    }

    [Theory]
    [InlineData("train/valid.logLoss", false)]
    [InlineData("train/valid.rmse", false)]
    [InlineData("fit/validationError", false)]
    [InlineData("train/valid.auc", true)]
    public void Direction_follows_from_the_name_of_the_curve(string key, bool maximize) => EarlyStopping.Maximize(key).ShouldBe(maximize);
}
