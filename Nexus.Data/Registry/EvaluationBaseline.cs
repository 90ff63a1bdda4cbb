namespace Nexus.Data.Registry;

/// <summary>A predictor that needs no model; a candidate that does not beat it has learnt nothing.</summary>
/// <param name="Name">majority, mean, or (where rows are in time order) previous.</param>
/// <param name="Text">What it predicts, in words.</param>
public sealed record EvaluationBaseline(string Name, string Text, IReadOnlyDictionary<string, double> Metrics);
