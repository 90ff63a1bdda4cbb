namespace Nexus.Data.Identity;

/// <summary>A key that the directory knew a moment ago; <see cref="AccountDirectory.Holds"/> says whether it still counts.</summary>
public sealed class KeyTicket
{
    internal KeyTicket(KeyGrant grant, int changes, DateTimeOffset until) => (Grant, Changes, Until) = (grant, changes, until);

    public KeyGrant Grant { get; }

    /// <summary>The directory's changes when it was given.</summary>
    internal int Changes { get; }

    internal DateTimeOffset Until { get; }
}
