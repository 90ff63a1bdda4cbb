using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Samples;

/// <summary>The sample workspace of this portal: one row, or none where there never was one.</summary>
public sealed class SampleWorkspace
{
    /// <summary>The one row's key.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;
    public required SampleState State { get; set; }

    /// <summary>The name that dataset, pipeline, model and agent share; empty once removed.</summary>
    public required string Name { get; set; }

    /// <summary>userName of the sample person who asks.</summary>
    public required string Engineer { get; set; }

    /// <summary>userName of the sample person who signs.</summary>
    public required string Approver { get; set; }

    /// <summary>When it was begun: the sample's own times and ids follow from it.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>What is being made now, in words.</summary>
    public string Step { get; set; } = "";
    public int StepsDone { get; set; }
    public int Steps { get; set; }

    /// <summary>Why it could not be finished, for a person.</summary>
    public string? Error { get; set; }
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>Its agent, while that is being removed: whose decisions are still to go.</summary>
    public Guid? RemovedAgent { get; set; }

    /// <summary>Until when its traffic runs; null while it rests.</summary>
    public DateTimeOffset? TrafficUntil { get; set; }
}

internal sealed class SampleWorkspaceConfiguration : IEntityTypeConfiguration<SampleWorkspace>
{
    public void Configure(EntityTypeBuilder<SampleWorkspace> workspace)
    {
        workspace.ToTable("SampleWorkspaces");
        workspace.Property(w => w.Id).ValueGeneratedNever();
        workspace.Property(w => w.State).HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        workspace.Property(w => w.Name).HasMaxLength(Names.MaxLength);
        workspace.Property(w => w.Engineer).HasMaxLength(256);
        workspace.Property(w => w.Approver).HasMaxLength(256);
        workspace.Property(w => w.Step).HasMaxLength(200);
        workspace.Property(w => w.Error).HasMaxLength(4000);
    }
}
