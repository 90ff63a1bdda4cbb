using Nexus.Data.Datasets;

namespace Nexus.Inference.Datasets;

/// <summary>One column, compared with another version.</summary>
/// <param name="Psi">The population stability index of the compared rows, in nats; null for times, for whole numbers of which every row has its own, and where nothing can be compared.</param>
/// <param name="Limit">From here on the index counts as drift; null where it is not judged.</param>
/// <param name="AdjustedP">Among all columns (Benjamini and Hochberg).</param>
/// <param name="NewValues">Categories that the other version does not have, the most frequent first, at most 20; counts in this version.</param>
/// <param name="MissingBefore">Share of the other version's rows, 0…1.</param>
/// <param name="MissingNow">Share of the compared rows, 0…1.</param>
/// <param name="Later">By how much the latest time is later than the other version's; negative where it is earlier.</param>
/// <param name="Shape">Both distributions over the same bins; null where there is none to draw.</param>
public sealed record ColumnChange(
    string Name,
    ColumnChangeKind Kind,
    double? Psi = null,
    double? Limit = null,
    double? AdjustedP = null,
    IReadOnlyList<ValueCount>? NewValues = null,
    double? MissingBefore = null,
    double? MissingNow = null,
    TimeSpan? Later = null,
    ColumnShapes? Shape = null);
