using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl 2011): past trials are parted into the good ones (the best sixth)
/// and the others; of points drawn from the density of the good, l(x), the one with the largest l(x)/g(x) is next, which maximizes the
/// expected improvement. Each dimension by itself, as in the paper. What still works counts as bad, so that parallel runs spread;
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
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var point = space.Dimensions.Select((dimension, d) => dimension.Choices is { } choices
                ? Choose(choices, better, worse, d, draws)
                : Place(dimension.Interval!, better, worse, d, draws)).ToArray();
            if (!seen.Contains(RandomStrategy.Key(point))) return point;
        }

        return random.Propose(space, seed, index, past);
    }

    private static string Place(SweepInterval interval, List<PastTrial> better, List<PastTrial> worse, int d, SeededRandom draws)
    {
        var l = new Parzen(better.Select(p => SpacePoints.Unit(interval, p.Values[d])));
        var g = new Parzen(worse.Select(p => SpacePoints.Unit(interval, p.Values[d])));
        var (best, most) = (0.0, double.NegativeInfinity);
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var x = l.Draw(draws);
            var ratio = l.Density(x) / g.Density(x);
            if (ratio > most) (best, most) = (x, ratio);
        }

        return SpacePoints.At(interval, best);
    }

    // Shares with one more of each choice, so that none is ever ruled out.
    private static string Choose(IReadOnlyList<string> choices, List<PastTrial> better, List<PastTrial> worse, int d, SeededRandom draws)
    {
        double[] l = Shares(choices, better, d), g = Shares(choices, worse, d);
        var (best, most) = (0, double.NegativeInfinity);
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var (unit, c) = (draws.Unit(), 0);
            while (c < choices.Count - 1 && (unit -= l[c]) >= 0) c++;
            if (l[c] / g[c] > most) (best, most) = (c, l[c] / g[c]);
        }

        return choices[best];
    }

    private static double[] Shares(IReadOnlyList<string> choices, List<PastTrial> trials, int d) =>
        [.. choices.Select(choice => (trials.Count(t => t.Values[d] == choice) + 1.0) / (trials.Count + choices.Count))];
}
