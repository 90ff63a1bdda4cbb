using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>Drawn independently, each point once.</summary>
internal sealed class RandomStrategy : ITrialStrategy
{
    private const int Draws = 100;
    private const int MaxSearched = 1_000_000;

    public SweepStrategy Kind => SweepStrategy.Random;

    public IReadOnlyList<string>? Propose(SweepSpace space, int seed, int index, IReadOnlyList<PastTrial> past)
    {
        var random = new SeededRandom(((long)seed << 32) ^ index);
        var seen = past.Select(p => Key(p.Values)).ToHashSet(StringComparer.Ordinal);
        string[] point;
        for (var draw = 0; draw < Draws; draw++)
        {
            point = SpacePoints.Draw(space, random);
            if (!seen.Contains(Key(point))) return point;
        }

        // Nearly all have been: what is left is looked for from a place drawn by chance.
        var count = SpacePoints.Count(space);
        if (count > MaxSearched) return null;
        var start = random.Below((int)count);
        for (long i = 0; i < count; i++)
        {
            point = SpacePoints.At(space, (start + i) % count);
            if (!seen.Contains(Key(point))) return point;
        }

        return null;
    }

    internal static string Key(IReadOnlyList<string> values) => string.Join('\u001f', values);
}
