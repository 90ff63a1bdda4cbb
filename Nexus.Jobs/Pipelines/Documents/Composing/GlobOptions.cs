using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>The options of the groups that overrides choose among by <c>glob(…)</c>.</summary>
internal static class GlobOptions
{
    public static async Task<Dictionary<string, IReadOnlyList<string>>> ReadAsync(IReadOnlyList<string> overrides, IConfigSource source, CancellationToken ct)
    {
        var options = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var parsed in OverrideEditor.ParseAll(overrides.Where(o => o.Contains("glob", StringComparison.Ordinal)).ToList(), []))
        {
            if (parsed.Value is not GlobTerm || options.ContainsKey(parsed.Key.Path)) continue;
            if (await source.OptionsAsync(parsed.Key.Path, ct) is { Count: > 0 } names) options[parsed.Key.Path] = names;
        }

        return options;
    }
}
