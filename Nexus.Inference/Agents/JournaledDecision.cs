namespace Nexus.Inference.Agents;

/// <summary>One answered row, read back from the journal.</summary>
/// <param name="Label">The answered class; null for regression.</param>
/// <param name="Score">The answered class's probability, or the regression's value; null where the model gives none.</param>
/// <param name="Features">
/// By the schema's inputs; the first element of an input that takes several a row.
/// </param>
/// <param name="Payload">JSON: <c>{inputs, scores, context, guardrails}</c>.</param>
public sealed record JournaledDecision(
    DecisionSchema Schema,
    Guid Id,
    DateTimeOffset At,
    string Variant,
    int PlanRevision,
    string? Unit,
    string? Subject,
    string? Label,
    double? Score,
    int LatencyMicroseconds,
    FeatureValue[] Features,
    string Payload);
