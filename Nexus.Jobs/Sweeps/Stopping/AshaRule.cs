namespace Nexus.Jobs.Sweeps.Stopping;

/// <summary>
/// Asynchronous successive halving (Li et al. 2020) in its stopping form: rungs lie at r, rη, rη² … steps; a run that comes to one goes
/// on where it is among the best ⌊n/η⌋ of the n runs that have come there so far, itself included. The first η − 1 cannot be judged and go on.
/// </summary>
internal static class AshaRule
{
    /// <summary>The highest rung that was reached; null below the first.</summary>
    public static long? Rung(long step, int minSteps, int reduction)
    {
        if (step < minSteps) return null;
        long rung = minSteps;
        while (rung <= step / reduction) rung *= reduction;
        return rung;
    }

    /// <param name="others">What the other runs had when they came to the rung, earlier than this one.</param>
    /// <returns>The run's place, from 1, where it is to stop; null where it goes on.</returns>
    public static int? Dropped(double own, IReadOnlyCollection<double> others, bool maximize, int reduction)
    {
        var n = others.Count + 1;
        var place = 1 + others.Count(other => maximize ? other > own : other < own);
        return n >= reduction && place > n / reduction ? place : null;
    }
}
