using System.Globalization;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary><c>elec2</c> (the newest version) or <c>elec2@3</c>.</summary>
internal static class DatasetReference
{
    /// <summary>Null where the text is neither.</summary>
    public static (string Name, int? Version)? Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        if (!Names.IsName(name)) return null;
        if (at < 0) return (name, null);
        return int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? (name, version) : null;
    }
}
