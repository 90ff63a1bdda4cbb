namespace Nexus.Data.Registry;

/// <summary>One condition that the pipeline sets, and how it went.</summary>
/// <param name="Kind">require, or beat.</param>
/// <param name="Slice">The slice's name; null for all rows.</param>
/// <param name="Bound">min or max for require; by for beat.</param>
/// <param name="Value">What was found: the metric, or for beat by how much it is better; null where it could not be computed.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record EvaluationGate(
    string Kind, string Metric, string? Slice, string Bound, double Threshold, double? Value, bool Passed, string Text);
