namespace Nexus.Data.Pipelines;

/// <param name="Step">Iteration, epoch or what else the writer counts.</param>
public readonly record struct CurveStep(long Step, double Value);
