using System.Globalization;

namespace Nexus.Data.Datasets;

/// <summary>A dataset's version as people write it: <c>elec2@3</c>, or <c>elec2</c> for the newest.</summary>
/// <param name="Version">Null: the newest.</param>
public sealed record DatasetRef(string Name, int? Version = null)
{
    /// <summary>Null where the text is not of the form.</summary>
    public static DatasetRef? Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        if (!Names.IsName(name)) return null;
        if (at < 0) return new(name);
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? new(name, version) : null;
    }

    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";
}
