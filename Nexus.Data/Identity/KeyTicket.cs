namespace Nexus.Data.Identity;

/// <summary>A key that the directory knew a moment ago; <see cref="AccountDirectory.Holds"/> says whether it still counts.</summary>
public sealed class KeyTicket
{
    internal KeyTicket(KeyGrant grant, int changes, long readAt) => (Grant, Changes, ReadAt) = (grant, changes, readAt);

    public KeyGrant Grant { get; }

    /// <summary>The directory's changes when it was given.</summary>
    internal int Changes { get; }

    /// <summary>When the key was read, as <see cref="TimeProvider.GetTimestamp"/> tells it.</summary>
    internal long ReadAt { get; }
}
