using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Completion within <c>defaults:</c>: the groups that there are, and the options of one.</summary>
internal static class DefaultsCompletion
{
    public static async Task<IReadOnlyList<CompletionItem>> CompleteAsync(IConfigSource configs, YamlCursor cursor, CancellationToken ct)
    {
        if (cursor.AtValue && cursor.Path[^1] != "defaults")
        {
            var group = cursor.Path[^1].Split(' ')[^1].Split('@')[0].TrimStart('/');
            return [.. (await configs.OptionsAsync(group, ct)).Select(o => new CompletionItem(o, o, "value", group, $"The config {group}/{o}.", cursor.WordPlace))];
        }

        var groups = await configs.GroupsAsync(ct);
        var braces = cursor.AtValue; // in a flow list each entry needs braces of its own
        return
        [
            .. groups.Select(g => new CompletionItem(g, braces ? $"{{ {g}: }}" : $"{g}: ", "key", "config group", $"Merges one of its configs under '{g.Replace('/', '.')}'.", cursor.WordPlace)),
            new("_self_", "_self_", "value", null, "The place of this document among its defaults: what stands after it wins over it.", cursor.WordPlace),
        ];
    }
}
