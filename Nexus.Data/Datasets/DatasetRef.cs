using System.Globalization;

namespace Nexus.Data.Datasets;

/// <summary>A dataset's version as people write it: <c>elec2@3</c>, or <c>elec2</c> for the newest.</summary>
/// <param name="Version">Null: the newest.</param>
public sealed record DatasetRef(string Name, int? Version = null)
{
    /// <exception cref="RefusedException">Invalid, where the text is not of the form.</exception>
    public static DatasetRef Parse(string text, string field = "dataset")
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return new(Names.Check(text, field));
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? new(Names.Check(text[..at], field), version)
            : throw Refused.Invalid(field, $"'{text}' names no version: write name@3, or the name alone for the newest.");
    }

    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";
}
