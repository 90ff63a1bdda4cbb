using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Pipelines;

/// <summary>One component's execution within a run.</summary>
public sealed class RunStep
{
    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>0, 1, 2 … in the order of execution.</summary>
    public required int Ordinal { get; init; }
    public required string Name { get; init; }
    public required string Component { get; init; }
    public StepStatus Status { get; set; } = StepStatus.Pending;
    public bool Cached { get; set; }

    /// <summary>Where a cached output was made.</summary>
    public Guid? CachedFromRunId { get; set; }

    /// <summary>SHA-256 of <see cref="CacheKeyParts"/>.</summary>
    public string? CacheKey { get; set; }

    /// <summary>JSON object: component, code version, inputs, parameters: what the key was made of.</summary>
    public string? CacheKeyParts { get; set; }

    /// <summary>Why nothing was found: which part differs from the nearest earlier step.</summary>
    public string? CacheMiss { get; set; }
    public int Attempt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Error { get; set; }

    /// <summary>0…1; null where the component cannot tell.</summary>
    public double? Progress { get; set; }

    /// <summary>The component's words on its progress: <c>62 of 100 iterations</c>.</summary>
    public string? ProgressText { get; set; }

    /// <summary>JSON of the step's output: kind, blobs by name, facts.</summary>
    public string? Output { get; set; }
}

internal sealed class RunStepConfiguration : IEntityTypeConfiguration<RunStep>
{
    public void Configure(EntityTypeBuilder<RunStep> step)
    {
        step.Property(s => s.Name).HasMaxLength(64);
        step.Property(s => s.Component).HasMaxLength(64);
        step.Property(s => s.Status).HasConversion<string>().HasMaxLength(16);
        step.Property(s => s.CacheKey).HasMaxLength(64);
        step.Property(s => s.CacheMiss).HasMaxLength(1000);
        step.Property(s => s.Error).HasMaxLength(4000);
        step.Property(s => s.Output).NamesBlobs();
        step.Property(s => s.ProgressText).HasMaxLength(200);
        step.HasIndex(s => new { s.RunId, s.Ordinal }).IsUnique();
        step.HasIndex(s => new { s.RunId, s.Name }).IsUnique();
        step.HasIndex(s => s.CacheKey);
        step.HasOne<Run>().WithMany().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
