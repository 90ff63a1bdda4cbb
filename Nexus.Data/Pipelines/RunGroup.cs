namespace Nexus.Data.Pipelines;

/// <summary>Runs that agree in something.</summary>
/// <param name="Value">In what; null: they have no such value.</param>
/// <param name="Mean">Of the metric, over those that have it; so the least and the most.</param>
public sealed record RunGroup(string? Value, int Count, double? Mean, double? Min, double? Max);
