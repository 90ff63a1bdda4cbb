using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Data.Registry;
using Nexus.Web.Pipelines.Comparing;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Pipelines;

public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ranking_tells_the_best_those_as_good_and_the_one_that_took_less()
    {
        var ranking = Ranking.Of(Of(Run(1, .769, 300), Run(2, .813, 180), Run(3, .808, 60), Run(4, .807, 170)), "auc", lessIsBetter: false);
        ranking.Best.ShouldBe(1);
        ranking.AsGood.ShouldBe([2, 3]);
        ranking.Quicker.ShouldBe((2, 1 / 3.0));
        ComparisonWords.AsGood(ranking).ShouldBe("Two runs are as good within their intervals");
        ComparisonWords.Share(1 / 3.0).ShouldBe("a third of the time");
    }

    [Fact]
    public void Ranking_by_a_metric_of_which_little_is_good_puts_the_least_first() =>
        Ranking.Of(Of(Run(1, .5, 10), Run(2, .3, 10), Run(3, .4, 10)), "auc", lessIsBetter: true).Order.ShouldBe([1, 2, 0]);

    [Fact]
    public void Ranking_of_runs_that_were_not_evaluated_has_no_best() =>
        Ranking.Of(Of(Run(1, null, 10), Run(2, null, 10)), "auc", lessIsBetter: false).Best.ShouldBeNull();

    [Fact]
    public void Ranking_leaves_out_what_failed_and_judges_as_a_sweep_does()
    {
        var failed = Run(1, .9, 10);
        // Intervals that meet, and still more between them than chance makes of two runs.
        var ranking = Ranking.Of(Of(failed with { Summary = failed.Summary with { Status = RunStatus.Failed } }, Run(2, .8, 10), Run(3, .788, 10)), "auc", lessIsBetter: false);
        ranking.Order.ShouldBe([1, 2]);
        ranking.AsGood.ShouldBeEmpty();
    }

    [Fact]
    public void Headline_names_the_setting_that_matters_where_it_was_measured()
    {
        var comparison = Of([.. Enumerable.Range(0, 12).Select(i => Run(i, .7 + (.05 * (i % 3)) + (.001 * (i % 4)), 10, ("leaves", (i % 3).ToString()), ("rate", (i % 4).ToString())))]);
        var effects = SettingEffect.Of(comparison, "auc");
        effects.Select(effect => effect.Param).ShouldBe(["train.params.leaves", "train.params.rate"]);
        ComparisonWords.Headline(comparison, effects).ShouldBe("Leaves matters most, rate hardly");
        ComparisonWords.Effect(effects, "auc")!.ShouldStartWith("Leaves goes with 99");
    }

    [Fact]
    public void Headline_is_silent_on_settings_where_there_are_too_few_runs_or_no_effect()
    {
        var few = Of(Run(1, .7, 10, ("leaves", "1")), Run(2, .8, 10, ("leaves", "2")), Run(3, .7, 10, ("leaves", "1")), Run(4, .8, 10, ("leaves", "2")));
        SettingEffect.Of(few, "auc").ShouldBeEmpty();
        ComparisonWords.Headline(few, []).ShouldBe("Compare 4 runs of elec2");
        var idle = Of([.. Enumerable.Range(0, 12).Select(i => Run(i, .7 + (.01 * (i * 5 % 12)), 10, ("leaves", (i % 3).ToString())))]);
        ComparisonWords.Headline(idle, SettingEffect.Of(idle, "auc")).ShouldBe("Compare 12 runs of elec2");
    }

    [Fact]
    public void Settings_that_split_the_runs_alike_count_once_by_the_shortest_name()
    {
        var comparison = Of([.. Enumerable.Range(0, 8).Select(i => Run(i, .7 + (.01 * i), 10, ("leaves", (i % 2).ToString()), ("alias", i % 2 == 0 ? "a" : "b")))]);
        SettingEffect.Of(comparison, "auc").ShouldHaveSingleItem().Param.ShouldBe("train.params.alias");
    }

    [Fact]
    public void Differences_list_each_value_with_its_runs()
    {
        var comparison = Of(Run(1, .7, 10, ("leaves", "31")), Run(2, .7, 10, ("leaves", "63")), Run(3, .7, 10, ("leaves", "31")), Run(4, .7, 10));
        var row = comparison.Differences(run => run.Params).ShouldHaveSingleItem();
        row.Path.ShouldBe("train.params.leaves");
        row.Values.Select(value => (value.Value, string.Join(',', value.Runs))).ShouldBe([("31", "0,2"), ("63", "1"), (null, "3")]);
    }

    private static RunComparison Of(params ComparedRun[] runs)
    {
        var keys = runs.SelectMany(run => run.Params.Keys).Distinct().ToList();
        return new(runs, keys, [], [], More: false);
    }

    private static ComparedRun Run(int number, double? auc, double seconds, params (string Key, string Value)[] settings)
    {
        var metrics = auc is { } value ? new Dictionary<string, MetricEstimate> { ["auc"] = new(value, value - .007, value + .007) } : [];
        var summary = new RunSummary(Guid.NewGuid(), "elec2", 1, number, RunStatus.Succeeded, "manual", "ada", Start, Start, Start.AddSeconds(seconds), null, false, null, null, 6, 6, metrics, null);
        return new(summary, settings.ToDictionary(s => $"train.params.{s.Key}", s => s.Value), new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());
    }
}
