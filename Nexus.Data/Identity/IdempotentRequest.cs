using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Identity;

/// <summary>The first answer to a request that carried an Idempotency-Key.</summary>
public sealed class IdempotentRequest
{
    public required string Actor { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body, lower-case hex; empty until the body was read.</summary>
    public string RequestDigest { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while the first request is still being answered.</summary>
    public int? Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }

    /// <summary>Protected by the portal's own keys: an answer may hold what is shown only once.</summary>
    public byte[]? Body { get; set; }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> request)
    {
        request.HasKey(r => new { r.Actor, r.Key });
        request.Property(r => r.Actor).HasMaxLength(256);
        request.Property(r => r.Key).HasMaxLength(255);
        request.Property(r => r.RequestDigest).HasMaxLength(64);
        request.Property(r => r.ContentType).HasMaxLength(100);
        request.Property(r => r.Location).HasMaxLength(500);
        request.HasIndex(r => r.CreatedAt);
    }
}
