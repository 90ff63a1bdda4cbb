using System.Text.Json;

namespace Nexus.Data.Agents;

/// <summary>A decision with what came back on it.</summary>
/// <param name="Inputs">As they were sent; from tensors, by the model's names.</param>
/// <param name="Value">A regression's answer; null otherwise.</param>
/// <param name="Feedback">Oldest first.</param>
public sealed record DecisionView(
    Guid Id,
    string Agent,
    DateTimeOffset At,
    JsonElement Inputs,
    string? Label,
    JsonElement Scores,
    double? Value,
    int ModelVersion,
    string Variant,
    int PlanRevision,
    string? Unit,
    string? Subject,
    JsonElement? Context,
    int LatencyMicroseconds,
    string? TrueLabel,
    IReadOnlyList<DecisionFeedback> Feedback);
