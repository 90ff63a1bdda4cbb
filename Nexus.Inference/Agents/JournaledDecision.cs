namespace Nexus.Inference.Agents;

/// <summary>One answered row, read back from the journal.</summary>
/// <param name="Label">The answered class; null for regression.</param>
/// <param name="Score">The answered class's probability, or the regression's value; null where the model gives none.</param>
/// <param name="Features">
/// By the schema's inputs; the first element of an input that takes several a row. Valid while its batch is.
/// </param>
/// <param name="Payload">JSON: <c>{inputs, scores, context, guardrails}</c>, in UTF-8. Valid while its batch is.</param>
public readonly record struct JournaledDecision(
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
    ReadOnlyMemory<FeatureValue> Features,
    ReadOnlyMemory<byte> Payload);
