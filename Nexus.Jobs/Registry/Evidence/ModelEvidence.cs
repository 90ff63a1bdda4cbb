using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>What one version's answers on labelled rows show; one of the last three is set.</summary>
/// <param name="RowsAre">What the rows are, for a person: <c>test split of elec2@3</c>.</param>
/// <param name="Rows">Rows that are drawn.</param>
/// <param name="TotalRows">Rows there are; more than <paramref name="Rows"/> where a seeded sample is drawn.</param>
public sealed record ModelEvidence(
    string Task,
    IReadOnlyList<string> Classes,
    string RowsAre,
    int Rows,
    long TotalRows,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    BinaryEvidence? Binary,
    MulticlassEvidence? Multiclass,
    RegressionEvidence? Regression);
