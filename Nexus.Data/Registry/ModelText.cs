namespace Nexus.Data.Registry;

/// <summary>What people write about models, within bounds.</summary>
internal static class ModelText
{
    public const int MaxDescription = 100_000;
    public const int MaxTags = 64;
    public const int MaxTagValue = 1_000;

    /// <summary>Names that would read like a version, a stage, or a promise that nobody keeps.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "latest", "newest", "current", "head", "none", "staging", "production", "archived", "versions",
    };

    /// <exception cref="RefusedException">Invalid, naming the field.</exception>
    public static void Check(string? description, IReadOnlyDictionary<string, string>? tags)
    {
        if (description?.Length > MaxDescription) throw Refused.Invalid("description", $"A description has at most {MaxDescription:N0} characters.");
        if (tags is null) return;
        if (tags.Count > MaxTags) throw Refused.Invalid("tags", $"There are at most {MaxTags} tags.");
        foreach (var (tag, value) in tags)
        {
            if (tag.Length is 0 or > 100) throw Refused.Invalid("tags", "A tag's name has 1 to 100 characters.");
            if (value is null || value.Length > MaxTagValue) throw Refused.Invalid("tags", $"The value of tag '{tag}' has at most {MaxTagValue:N0} characters.");
        }
    }

    /// <exception cref="RefusedException">Invalid, where the alias is no name or would mislead.</exception>
    public static string CheckAlias(string alias)
    {
        Names.Check(alias, "alias");
        if (Reserved.Contains(alias)) throw Refused.Invalid("alias", $"'{alias}' would read like a stage or a version; choose another alias.");
        var digits = alias[0] == 'v' ? alias.AsSpan(1) : alias;
        if (digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9')) throw Refused.Invalid("alias", $"'{alias}' would read like a version number; choose another alias.");
        return alias;
    }
}
