using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Sweeps;

namespace Nexus.Jobs.Sweeps;

/// <summary>A trial with what became of its run; the run's columns are null until it is there.</summary>
internal sealed record TrialRow(
    int Index, string Overrides, Guid RunId, string? Stopped, string? Error,
    int? Number, RunStatus? Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool CancelRequested, string? RunError,
    string? ModelName, int? ModelVersion, double? Value, double? Lower, double? Upper)
{
    /// <summary>Whether it still has work before it.</summary>
    public bool Open => Error is null && Status is null or RunStatus.Queued or RunStatus.Running;

    public bool Ended => !Open;

    public MetricEstimate? Estimate => Value is { } value ? new(value, Lower, Upper) : null;

    /// <summary>In the order of proposal.</summary>
    public static Task<List<TrialRow>> ReadAsync(NexusDb db, Sweep sweep, CancellationToken ct) =>
        Query(db, sweep.Id, sweep.Metric).ToListAsync(ct);

    private static IQueryable<TrialRow> Query(NexusDb db, Guid sweep, string metric) =>
        from trial in db.SweepTrials.AsNoTracking()
        where trial.SweepId == sweep
        join maybe in db.Runs on trial.RunId equals maybe.Id into runs
        from run in runs.DefaultIfEmpty()
        join measured in db.RunLatestMetrics on new { trial.RunId, Key = metric } equals new { measured.RunId, measured.Key } into metrics
        from result in metrics.DefaultIfEmpty()
        orderby trial.Index
        select new TrialRow(
            trial.Index, trial.Overrides, trial.RunId, trial.Stopped, trial.Error,
            run == null ? null : run.Number, run == null ? null : run.Status, run == null ? null : run.StartedAt, run == null ? null : run.EndedAt,
            run != null && run.CancelRequestedAt != null, run == null ? null : run.Error,
            run == null ? null : run.ModelName, run == null ? null : run.ModelVersion,
            result == null || !result.Final ? null : result.Value, result == null || !result.Final ? null : result.Lower, result == null || !result.Final ? null : result.Upper);
}
