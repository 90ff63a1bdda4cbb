namespace Nexus.Inference.Monitoring;

/// <summary>
/// A feature's distribution on the training split, in bins that stay fixed for the life of the model version. The last bin
/// counts missing values. A numeric feature has bins (−∞, e₁], (e₁, e₂] … (eₖ, ∞); a categorical one has a bin a
/// category, then one for all others.
/// </summary>
/// <param name="Kind">numeric, categorical or text (text has no bins but missing and present).</param>
/// <param name="Edges">Interior edges, ascending; deciles of the training split without repeats. Null unless numeric.</param>
/// <param name="Categories">At most 64, the most frequent first. Null unless categorical.</param>
/// <param name="Counts">Rows per bin: edges+1 or categories+1 bins, then the missing.</param>
/// <param name="Minimum">The smallest value seen, for the axis of a chart; null unless numeric.</param>
/// <param name="Maximum">The largest value seen.</param>
public sealed record FeatureReference(
    string Name,
    string Kind,
    IReadOnlyList<double>? Edges,
    IReadOnlyList<string>? Categories,
    IReadOnlyList<long> Counts,
    double? Minimum = null,
    double? Maximum = null);
