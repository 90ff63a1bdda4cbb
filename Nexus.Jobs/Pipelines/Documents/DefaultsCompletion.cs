using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Completion within <c>defaults:</c>: the groups that there are, and the options of one.</summary>
internal static class DefaultsCompletion
{
    public static async Task<IReadOnlyList<CompletionItem>> CompleteAsync(IConfigSource configs, string within, YamlCursor cursor, CancellationToken ct)
    {
        if (cursor.AtValue && cursor.Path[^1] != "defaults")
        {
            var named = cursor.Path[^1].Split(' ')[^1].Split('@')[0];
            var group = named.StartsWith('/') || within.Length == 0 ? named.TrimStart('/') : $"{within}/{named}";
            return [.. (await configs.OptionsAsync(group, ct)).Select(o => new CompletionItem(o, o, "value", group, $"The config {group}/{o}.", cursor.WordPlace))];
        }

        // Within a config a group counts from the config's own; one from elsewhere begins with a slash.
        var groups = (await configs.GroupsAsync(ct)).Select(g => within.Length == 0 ? g : g.StartsWith(within + "/", StringComparison.Ordinal) ? g[(within.Length + 1)..] : "/" + g);
        var braces = cursor.AtValue; // in a flow list each entry needs braces of its own
        return
        [
            .. groups.Select(g => new CompletionItem(g, braces ? $"{{ {g}: }}" : $"{g}: ", "key", "config group", $"Merges one of its configs under '{g.Trim('/').Replace('/', '.')}'.", cursor.WordPlace)),
            new("_self_", "_self_", "value", null, "The place of this document among its defaults: what stands after it wins over it.", cursor.WordPlace),
        ];
    }
}
