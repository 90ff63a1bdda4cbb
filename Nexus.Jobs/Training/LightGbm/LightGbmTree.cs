namespace Nexus.Jobs.Training.LightGbm;

/// <summary>One tree. Inner node i goes to <c>Left[i]</c> or <c>Right[i]</c>; a negative child ~c is the leaf c.</summary>
/// <param name="Decisions">LightGBM's decision_type: bit 0 categorical, bit 1 missing goes left, bits 2–3 what counts as missing (0 nothing, 1 zero, 2 NaN).</param>
internal sealed record LightGbmTree(int[] Features, double[] Thresholds, int[] Decisions, int[] Left, int[] Right, double[] Leaves)
{
    /// <summary>
    /// Where NaN goes at a node. What LightGBM never saw missing in training it takes for 0 (tree.h, NumericalDecision).
    /// </summary>
    public bool MissingGoesLeft(int node) => ((Decisions[node] >> 2) & 3) == 2 ? (Decisions[node] & 2) != 0 : Thresholds[node] >= 0;
}
