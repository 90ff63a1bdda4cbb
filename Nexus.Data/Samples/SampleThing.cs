using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Samples;

/// <summary>Something that the sample workspace brought, and that goes with it.</summary>
public sealed class SampleThing
{
    /// <summary>As the ledger writes subjects: <c>dataset/loans</c>, <c>pipeline/loans</c>, <c>model/loans</c>, <c>agent/loans</c>.</summary>
    public required string Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SampleThingConfiguration : IEntityTypeConfiguration<SampleThing>
{
    public void Configure(EntityTypeBuilder<SampleThing> thing)
    {
        thing.HasKey(t => t.Subject);
        thing.Property(t => t.Subject).HasMaxLength(200);
    }
}
