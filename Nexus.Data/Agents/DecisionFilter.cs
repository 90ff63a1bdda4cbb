namespace Nexus.Data.Agents;

/// <summary>Which of an agent's decisions; null leaves a part open.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Label">The answered class.</param>
/// <param name="TrueLabel">The class that feedback told.</param>
public sealed record DecisionFilter(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Variant = null,
    string? Label = null,
    string? TrueLabel = null,
    string? Unit = null,
    string? Subject = null,
    int? ModelVersion = null);
