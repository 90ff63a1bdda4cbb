namespace Nexus.Data.Registry;

/// <summary>What drives a version's answers, over a sample of labelled rows. Kept as canonical JSON in <see cref="ModelExplanation.Result"/>.</summary>
/// <param name="Task">binary, multiclass or regression.</param>
/// <param name="TotalRows">Rows there are.</param>
/// <param name="Rows">Rows that importance was measured on: all of them, or a seeded sample.</param>
/// <param name="Metric">What is lost when a feature is shuffled: auc, accuracy or rmse.</param>
/// <param name="Baseline">The metric with nothing shuffled.</param>
/// <param name="Repeats">Shuffles of each feature.</param>
/// <param name="Importance">Every feature, the most important first.</param>
/// <param name="Gain">For trees that the portal trained: what each feature's splits gained in training; empty otherwise.</param>
/// <param name="Dependence">The features that matter most; per feature one curve for each output.</param>
/// <param name="Search">Null where there were too few rows to look for slices.</param>
/// <param name="Notes">What was left out or assumed, one sentence each.</param>
public sealed record ExplanationResult(
    string Task,
    long TotalRows,
    int Rows,
    string Metric,
    double Baseline,
    int Repeats,
    IReadOnlyList<FeatureImportance> Importance,
    IReadOnlyList<FeatureGain> Gain,
    IReadOnlyList<PartialDependence> Dependence,
    SliceSearch? Search,
    IReadOnlyList<string> Notes);
