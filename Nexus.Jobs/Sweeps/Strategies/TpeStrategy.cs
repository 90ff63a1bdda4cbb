using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl 2011): past trials are parted into the good ones (the best sixth)
/// and the others; of points drawn from the density of the good, l(x), the one with the largest l(x)/g(x) is next, which maximizes the
/// expected improvement. Dimensions are independent of one another within each density. What still works counts as bad, so that parallel runs spread;
/// so does what was stopped early.
/// </summary>
internal sealed class TpeStrategy(RandomStrategy random) : ITrialStrategy
{
    /// <summary>So many trials are drawn by chance before anything is learnt from them.</summary>
    public const int Startup = 8;
    private const int Candidates = 24;
    private const int Attempts = 20;

    public SweepStrategy Kind => SweepStrategy.Tpe;

    public IReadOnlyList<string>? Propose(SweepSpace space, int seed, int index, IReadOnlyList<PastTrial> past)
    {
        var told = past.Where(p => p.Loss is not null).OrderBy(p => p.Loss).ToList();
        var hopeless = past.Where(p => p.Hopeless || p.Open).ToList();
        if (told.Count < 2 || told.Count + past.Count(p => p.Hopeless) < Startup) return random.Propose(space, seed, index, past);
        var good = (int)Math.Clamp(Math.Ceiling(told.Count / 6.0), 1, 25);
        List<PastTrial> better = told[..good], worse = [.. told[good..], .. hopeless.Where(p => p.Loss is null)];
        var draws = new SeededRandom(((long)seed << 32) ^ index);
        var seen = past.Select(p => RandomStrategy.Key(p.Values)).ToHashSet(StringComparer.Ordinal);
        var dimensions = space.Dimensions.Select((dimension, d) => Estimate(dimension, [.. better.Select(p => p.Values[d])], [.. worse.Select(p => p.Values[d])], draws)).ToList();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var candidates = Enumerable.Range(0, Candidates).Select(_ => dimensions.ConvertAll(draw => draw()));
            string[] point = [.. candidates.MaxBy(candidate => candidate.Sum(drawn => drawn.LogRatio))!.Select(drawn => drawn.Value)];
            if (!seen.Contains(RandomStrategy.Key(point))) return point;
        }

        return random.Propose(space, seed, index, past);
    }

    /// <returns>Draws a value from the good, with the logarithm of l/g there.</returns>
    private static Func<(string Value, double LogRatio)> Estimate(SweepDimension dimension, string[] better, string[] worse, SeededRandom draws)
    {
        if (dimension.Interval is { } interval)
        {
            var (l, g) = (new Parzen(better.Select(v => SpacePoints.Unit(interval, v))), new Parzen(worse.Select(v => SpacePoints.Unit(interval, v))));
            return () =>
            {
                var x = l.Draw(draws);
                return (SpacePoints.At(interval, x), Math.Log(l.Density(x) / g.Density(x)));
            };
        }

        var choices = dimension.Choices!;
        double[] likely = Shares(choices, better), unlikely = Shares(choices, worse);
        return () =>
        {
            var (unit, c) = (draws.Unit(), 0);
            while (c < choices.Count - 1 && (unit -= likely[c]) >= 0) c++;
            return (choices[c], Math.Log(likely[c] / unlikely[c]));
        };
    }

    // With one more of each choice, so that none is ever ruled out.
    private static double[] Shares(IReadOnlyList<string> choices, string[] values) =>
        [.. choices.Select(choice => (values.Count(v => v == choice) + 1.0) / (values.Length + choices.Count))];
}
