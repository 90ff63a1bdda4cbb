namespace Nexus.Data.Pipelines;

/// <summary>A run's curve, thinned: of each stretch of steps the least and the largest value.</summary>
public sealed record RunCurve(Guid RunId, IReadOnlyList<CurveStep> Points);
