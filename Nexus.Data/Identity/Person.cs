using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Identity;

/// <summary>An account. <see cref="IdentityUser{T}.UserName"/> is what the ledger and every record call the person.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when neither the person nor their keys are let in; null where they are.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.Property(p => p.DisplayName).HasMaxLength(200);
        person.HasIndex(p => new { p.CreatedAt, p.Id });
    }
}
