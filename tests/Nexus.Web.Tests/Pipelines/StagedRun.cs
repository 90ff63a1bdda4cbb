using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Tests.Pipelines;

/// <summary>A run as a row, the first of a pipeline of its own; nothing ran.</summary>
internal static class StagedRun
{
    /// <summary>The caller saves.</summary>
    public static Run Add(NexusDb db, string pipelineName, DateTimeOffset at, RunStatus status)
    {
        var pipeline = new Pipeline { Id = Guid.CreateVersion7(at), Name = pipelineName, CreatedAt = at, CreatedBy = "ada", Revision = 1, Runs = 1 };
        var run = new Run
        {
            Id = Guid.CreateVersion7(at),
            PipelineId = pipeline.Id,
            PipelineName = pipelineName,
            Revision = 1,
            Number = 1,
            Status = status,
            Trigger = "manual",
            CreatedAt = at,
            CreatedBy = "ada",
            Overrides = "[]",
            Composed = "{\"steps\":{}}",
            ComposedDigest = "",
            Environment = "{}",
        };
        db.AddRange(pipeline, run);
        return run;
    }
}
