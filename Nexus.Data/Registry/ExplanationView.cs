namespace Nexus.Data.Registry;

/// <summary>An explanation as pages and programs see it.</summary>
/// <param name="RowsAre">What the rows are: <c>test split of elec2@3</c>.</param>
/// <param name="Progress">0…1.</param>
/// <param name="Metrics">Over these rows, where the version had no evaluation of them.</param>
/// <param name="Result">Null until it is there; and in lists.</param>
public sealed record ExplanationView(
    Guid Id,
    string Model,
    int Version,
    ExplanationState State,
    string RowsAre,
    string Label,
    double Progress,
    string? Error,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyDictionary<string, MetricEstimate>? Metrics,
    ExplanationResult? Result);
