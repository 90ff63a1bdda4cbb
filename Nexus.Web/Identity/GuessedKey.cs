namespace Nexus.Web.Identity;

/// <summary>The request presented a key that is none, and was counted for it.</summary>
/// <param name="Refused">Whether there were too many of its client: then nobody looked whether it is one.</param>
internal sealed record GuessedKey(bool Refused)
{
    public static GuessedKey Counted { get; } = new(false);

    public static GuessedKey TooMany { get; } = new(true);
}
