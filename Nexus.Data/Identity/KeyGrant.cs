namespace Nexus.Data.Identity;

/// <summary>What a presented key allows, for as long as the directory holds it.</summary>
public sealed class KeyGrant(Guid keyId, Actor actor, DateTimeOffset expiresAt)
{
    private const long Precision = 1_000_000;

    private long _lastUsed;

    public Guid KeyId { get; } = keyId;

    /// <summary>One name for all requests by this key, whoever its owner is.</summary>
    public string Caller { get; } = $"key/{keyId:N}";

    /// <summary>The owner, with the key's roles that the owner still has.</summary>
    public Actor Actor { get; } = actor;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Microseconds since 1970 of the last use that is not written yet; 0 where there is none.</summary>
    internal long LastUsed => Interlocked.Read(ref _lastUsed);

    /// <summary>To the second: a line of memory that every request wrote to would go from core to core.</summary>
    internal void Use(long microseconds)
    {
        if (Math.Abs(microseconds - Volatile.Read(ref _lastUsed)) >= Precision) Interlocked.Exchange(ref _lastUsed, microseconds);
    }

    internal long TakeLastUsed() => Interlocked.Exchange(ref _lastUsed, 0);
}
