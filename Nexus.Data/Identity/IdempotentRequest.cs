using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Null while the first request is still being answered, or where it ended amidst its work.</summary>
    public int? Status { get; set; }

    /// <summary>Whether anything that the request changes is committed; written with the first such change.</summary>
    public bool Done { get; set; }

    /// <summary>Which attempt has it; another takes it by changing this, and what the former then saves is refused.</summary>
    public Guid Attempt { get; set; }

    /// <summary>The node that answers it; null once that attempt has ended.</summary>
    public Guid? Node { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }

    /// <summary>Protected by the portal's own keys: an answer may hold what is shown only once.</summary>
    public byte[]? Body { get; set; }

    /// <summary>
    /// The id of the one row that this request makes. It follows from what is stored of the request, so that the request finds
    /// its work done when it comes again after a crash between the commit and the kept answer.
    /// </summary>
    public Guid EffectId()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Actor}\n{Key}"), hash);
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(CreatedAt).TryWriteBytes(id, bigEndian: true, out _);
        id[6] = (byte)((id[6] & 0xF0) | (hash[6] & 0x0F)); // time, version and variant stay; the rest is the key's
        id[8] = (byte)((id[8] & 0xC0) | (hash[8] & 0x3F));
        id[7] = hash[7];
        hash[9..16].CopyTo(id[9..]);
        return new(id, bigEndian: true);
    }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> request)
    {
        request.HasKey(r => new { r.Actor, r.Key });
        request.Property(r => r.Actor).HasMaxLength(256);
        request.Property(r => r.Key).HasMaxLength(255);
        request.Property(r => r.RequestDigest).HasMaxLength(64);
        request.Property(r => r.Attempt).IsConcurrencyToken();
        request.Property(r => r.ContentType).HasMaxLength(100);
        request.Property(r => r.Location).HasMaxLength(500);
        request.HasIndex(r => r.CreatedAt);
    }
}
