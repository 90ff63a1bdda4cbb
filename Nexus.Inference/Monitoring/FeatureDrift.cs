namespace Nexus.Inference.Monitoring;

/// <summary>One feature of the window against the training split.</summary>
/// <param name="State">drifts, newCategory, stable or notEnoughData.</param>
/// <param name="N">Decisions compared.</param>
/// <param name="Needed">Decisions below which nothing is said.</param>
/// <param name="Psi">The population stability index, in nats; null without decisions.</param>
/// <param name="Limit">Above it, with its calibration for these numbers of rows, it is drift; null without decisions.</param>
/// <param name="PValue">How often an index as large comes about without drift.</param>
/// <param name="AdjustedPValue">The same in view of all features looked at; null where there is not enough data.</param>
/// <param name="MissingRate">0…1; null without decisions.</param>
/// <param name="Bins">What each bin holds, in words; the last is the missing.</param>
/// <param name="Reference">Shares of the training split, by bin.</param>
/// <param name="Current">Shares of the window, by bin; all 0 without decisions.</param>
/// <param name="NewCategories">Categories that training did not know, the most frequent first; not all of them.</param>
/// <param name="NewCategoryShare">Of all decisions of the window; null unless categorical.</param>
public sealed record FeatureDrift(
    string Name,
    string Kind,
    string State,
    long N,
    long Needed,
    double? Psi,
    double? Limit,
    double? PValue,
    double? AdjustedPValue,
    double? MissingRate,
    double ReferenceMissingRate,
    IReadOnlyList<string> Bins,
    IReadOnlyList<double> Reference,
    IReadOnlyList<double> Current,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<NewCategory> NewCategories,
    double? NewCategoryShare);
