using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>Some lines of a step's log, appended as they come.</summary>
public sealed class StepLogChunk
{
    public long Id { get; init; }
    public required Guid StepId { get; init; }
    public required int Attempt { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>One or more lines, each ending in a line feed, each beginning with its UTC time.</summary>
    public required string Text { get; init; }
}

internal sealed class StepLogChunkConfiguration : IEntityTypeConfiguration<StepLogChunk>
{
    public void Configure(EntityTypeBuilder<StepLogChunk> chunk)
    {
        chunk.HasIndex(c => new { c.StepId, c.Id });
        chunk.HasOne<RunStep>().WithMany().HasForeignKey(c => c.StepId).OnDelete(DeleteBehavior.Cascade);
    }
}
