using System.Linq.Expressions;

namespace Nexus.Data.Pipelines;

/// <summary>Of a <see cref="RankedRun"/> what a list reads.</summary>
internal sealed class RankedHead
{
    public static readonly Expression<Func<RankedRun, RankedHead>> Projection = row => new()
    {
        Run = new()
        {
            Id = row.Run.Id,
            PipelineName = row.Run.PipelineName,
            Revision = row.Run.Revision,
            Number = row.Run.Number,
            Status = row.Run.Status,
            Trigger = row.Run.Trigger,
            CreatedBy = row.Run.CreatedBy,
            CreatedAt = row.Run.CreatedAt,
            StartedAt = row.Run.StartedAt,
            EndedAt = row.Run.EndedAt,
            Error = row.Run.Error,
            CancelRequestedAt = row.Run.CancelRequestedAt,
            ModelName = row.Run.ModelName,
            ModelVersion = row.Run.ModelVersion,
            SweepId = row.Run.SweepId,
        },
        Number = row.Number,
        Text = row.Text,
        Whole = row.Whole,
    };

    private static readonly Func<RankedRun, RankedHead> Read = Projection.Compile();

    public required RunHead Run { get; init; }
    public double Number { get; init; }
    public string Text { get; init; } = "";
    public long Whole { get; init; }

    /// <summary>Of a run that is at hand already.</summary>
    public static RunHead Of(Run run) => Read(new() { Run = run, Id = run.Id }).Run;
}
