namespace Nexus.Data.Pipelines;

/// <param name="Step">Iteration, epoch or what else the writer counts.</param>
public sealed record MetricPoint(long Step, double Value, DateTimeOffset At);
