namespace Nexus.Jobs.Sweeps.Stopping;

/// <summary>
/// Vizier's median rule (Golovin et al. 2017, section 3.2.2): a run is stopped at step s where the best that it has reached by s is
/// strictly worse than the median, over the runs that ended, of their averages up to s.
/// </summary>
internal static class MedianRule
{
    /// <param name="best">What the run reached at best.</param>
    /// <param name="averages">Of each ended run: the average of its values up to the same step.</param>
    /// <returns>The median that the run falls short of; null where it may go on.</returns>
    public static double? Exceeded(double best, IReadOnlyCollection<double> averages, bool maximize, int minTrials)
    {
        if (averages.Count < minTrials) return null;
        var median = Median(averages);
        return (maximize ? best < median : best > median) ? median : null;
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
