namespace Nexus.Data.Registry;

/// <summary>The metrics on the rows that share a value, or a range of values, of one column.</summary>
/// <param name="Name">For people: <c>day = 3</c>, <c>0.25 &lt; vicprice ≤ 0.5</c>.</param>
/// <param name="Metrics">A metric that the slice's rows do not define (AUC of a single class) is absent.</param>
public sealed record EvaluationSlice(string Column, string Name, int Rows, IReadOnlyDictionary<string, MetricEstimate> Metrics);
