namespace Nexus.Data;

/// <summary>Row ids: UUIDv7, in the order of their making.</summary>
public static class Ids
{
    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
