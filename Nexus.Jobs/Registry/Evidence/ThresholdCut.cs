namespace Nexus.Jobs.Registry.Evidence;

/// <summary>The four counts where a row counts as positive if its score is above the threshold.</summary>
public sealed record ThresholdCut(double Threshold, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    public int Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Null where nothing counts as positive.</summary>
    public double? Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Null where no row is positive.</summary>
    public double? Recall => Share(TruePositives, TruePositives + FalseNegatives);

    public double? F1 => Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    public double? Accuracy => Share(TruePositives + TrueNegatives, Rows);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
