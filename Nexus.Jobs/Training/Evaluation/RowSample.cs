namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Seeded samples of rows, in row order: the same numbers give the same rows, whatever model looks at them.</summary>
internal static class RowSample
{
    /// <returns>All rows where they are no more than <paramref name="most"/>; else so many different ones.</returns>
    public static int[] Of(int rows, int most, long seed = 0)
    {
        if (rows <= most) return [.. Enumerable.Range(0, rows)];
        // Selection sampling (Knuth, volume 2, algorithm S): one pass, in order, no memory beside the answer.
        var random = new SeededRandom(seed);
        var taken = new int[most];
        for (var (row, have) = (0, 0); have < most; row++)
            if (random.Below(rows - row) < most - have) taken[have++] = row;
        return taken;
    }
}
