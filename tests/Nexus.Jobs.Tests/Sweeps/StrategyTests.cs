using System.Globalization;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps.Strategies;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Sweeps;

/// <summary>Which points grid, random and TPE propose.</summary>
public sealed class StrategyTests
{
    private static readonly SweepSpace Mixed = new([], [
        new("a", null, new(0, 1, Logarithmic: false, Integer: false)),
        new("b", null, new(1e-4, 1, Logarithmic: true, Integer: false)),
        new("c", ["x", "y", "z"], null)]);

    [Fact]
    public void Grid_takes_every_combination_once_the_last_dimension_first()
    {
        var space = new SweepSpace([], [new("a", ["1", "2"], null), new("b", ["x", "y", "z"], null)]);

        var points = Run(new GridStrategy(), space, seed: 0, trials: 10);

        points.Select(p => string.Join("", p)).ShouldBe(["1x", "1y", "1z", "2x", "2y", "2z"]);
    }

    [Fact]
    public void Random_draws_the_same_from_the_same_seed_and_others_from_another()
    {
        var random = new RandomStrategy();

        var first = Run(random, Mixed, seed: 7, trials: 20);

        Run(random, Mixed, seed: 7, trials: 20).ShouldBe(first);
        Run(random, Mixed, seed: 8, trials: 20).ShouldNotBe(first);
    }

    [Fact]
    public void Random_takes_each_point_of_a_small_space_once_and_then_ends()
    {
        var space = new SweepSpace([], [new("a", ["1", "2", "3"], null), new("b", ["x", "y"], null)]);

        var points = Run(new RandomStrategy(), space, seed: 3, trials: 50);

        points.Select(p => string.Join("", p)).Order().ShouldBe(["1x", "1y", "2x", "2y", "3x", "3y"]);
    }

    [Fact]
    public void Random_draws_a_logarithmic_interval_evenly_over_its_decades()
    {
        var space = new SweepSpace([], [new("b", null, new(1e-4, 1, Logarithmic: true, Integer: false))]);

        var values = Run(new RandomStrategy(), space, seed: 1, trials: 2000).Select(p => double.Parse(p[0], CultureInfo.InvariantCulture)).ToList();

        values.ShouldAllBe(v => v >= 1e-4 && v < 1);
        // 500 expected in each of four decades; four standard deviations of the binomial are 77.
        for (var decade = -4; decade < 0; decade++)
            values.Count(v => v >= Math.Pow(10, decade) && v < Math.Pow(10, decade + 1)).ShouldBeInRange(423, 577);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whole_numbers_reach_from_the_first_to_the_last_within_and_come_back_to_where_they_were_drawn(bool logarithmic)
    {
        var interval = new SweepInterval(8, 12, logarithmic, Integer: true);

        var values = Enumerable.Range(0, 1000).Select(i => SpacePoints.At(interval, i / 1000.0)).ToList();

        values.Distinct().ShouldBe(["8", "9", "10", "11"]);
        foreach (var value in values.Distinct()) SpacePoints.At(interval, SpacePoints.Unit(interval, value)).ShouldBe(value);
    }

    [Fact]
    public void Parzen_estimator_of_no_observation_is_the_prior_and_integrates_to_one_with_some()
    {
        var estimator = new Parzen([0.1, 0.12, 0.8]);

        Enumerable.Range(0, 10_000).Average(i => estimator.Density((i + 0.5) / 10_000)).ShouldBe(1, 1e-3);
        estimator.Density(0.11).ShouldBeGreaterThan(estimator.Density(0.45));
        // One normal of mean 1/2 and deviation 1, cut at 0 and 1: φ(0) / (2Φ(1/2) − 1) in the middle.
        new Parzen([]).Density(0.5).ShouldBe(0.3989423 / 0.3829249, 1e-6);
    }

    [Fact]
    public void Tpe_proposes_the_same_from_the_same_seed_and_results()
    {
        var tpe = new TpeStrategy(new RandomStrategy());

        Search(tpe, seed: 5, trials: 30).ShouldBe(Search(tpe, seed: 5, trials: 30));
    }

    [Fact]
    public void Tpe_takes_each_point_of_a_small_space_once()
    {
        var space = new SweepSpace([], [new("a", ["1", "2", "3", "4", "5"], null), new("b", ["x", "y", "z"], null)]);

        var points = Run(new TpeStrategy(new RandomStrategy()), space, seed: 1, trials: 40, loss: p => p[0] == "3" && p[1] == "y" ? 0 : 1);

        points.Select(p => string.Join("", p)).Distinct().Count().ShouldBe(15);
        points.Count.ShouldBe(15);
    }

    /// <summary>If TPE were no better than chance it would win 140 of 200 with a probability below 1e-8 (binomial, p = 1/2).</summary>
    [Fact]
    public void Tpe_finds_a_better_point_than_random_within_as_many_trials()
    {
        RandomStrategy random = new();
        TpeStrategy tpe = new(random);

        var wins = Enumerable.Range(0, 200).AsParallel().Count(seed => Search(tpe, seed, 40).Min() < Search(random, seed, 40).Min());

        wins.ShouldBeGreaterThanOrEqualTo(140);
    }

    // Its minimum is 0 at a = 0.3, b = 0.01, c = y.
    private static double Loss(IReadOnlyList<string> point)
    {
        double a = double.Parse(point[0], CultureInfo.InvariantCulture), b = double.Parse(point[1], CultureInfo.InvariantCulture);
        return Math.Pow(a - 0.3, 2) + (Math.Pow(Math.Log10(b) + 2, 2) / 4) + (point[2] == "y" ? 0 : 0.3);
    }

    private static List<double> Search(ITrialStrategy strategy, int seed, int trials) => [.. Run(strategy, Mixed, seed, trials, Loss).Select(Loss)];

    private static List<IReadOnlyList<string>> Run(
        ITrialStrategy strategy, SweepSpace space, int seed, int trials, Func<IReadOnlyList<string>, double>? loss = null)
    {
        var past = new List<PastTrial>();
        for (var i = 0; i < trials && strategy.Propose(space, seed, i, past) is { } point; i++) past.Add(new(point, loss?.Invoke(point)));
        return past.ConvertAll(p => p.Values);
    }
}
