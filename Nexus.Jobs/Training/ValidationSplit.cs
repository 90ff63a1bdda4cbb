namespace Nexus.Jobs.Training;

/// <summary>Puts a share of the training rows aside: the last ones where rows are in time order, else random ones.</summary>
internal static class ValidationSplit
{
    public static (TrainingSet Train, TrainingSet Valid) Of(TrainingSet set, double share, int seed)
    {
        var rows = Enumerable.Range(0, set.Labels.Length).ToArray();
        if (!set.InTimeOrder) new SeededRandom(seed).Shuffle(rows);
        var valid = Math.Clamp((int)(rows.Length * share), 1, Math.Max(1, rows.Length - 1));
        var (train, aside) = (rows[..^valid], rows[^valid..]);
        Array.Sort(train);
        Array.Sort(aside);
        return (set.Take(train), set.Take(aside));
    }
}
