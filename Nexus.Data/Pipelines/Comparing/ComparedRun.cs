using System.Text.Json.Nodes;

namespace Nexus.Data.Pipelines.Comparing;

/// <summary>A run as a comparison sees it.</summary>
/// <param name="Params">Path in the composed document → value as text.</param>
/// <param name="Config">Every value of the composed document, by its path.</param>
/// <param name="Environment">Code, packages and machine, each value by its path: <c>commit</c>, <c>packages/LightGBM</c>.</param>
/// <param name="Tags">As people set them.</param>
public sealed record ComparedRun(
    RunSummary Summary,
    IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, string> Config,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Tags)
{
    public double? Seconds => Summary is { StartedAt: { } start, EndedAt: { } end } ? (end - start).TotalSeconds : null;

    /// <summary>Objects by their members' names, lists by position; a value as it would be written.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(JsonNode? node, string separator)
    {
        var flat = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Walk(node, "");
        return flat;

        void Walk(JsonNode? at, string path)
        {
            switch (at)
            {
                case JsonObject members when members.Count > 0:
                    foreach (var (name, member) in members) Walk(member, path.Length == 0 ? name : path + separator + name);
                    break;
                case JsonArray { Count: > 0 } items when items.Any(item => item is JsonObject):
                    for (var i = 0; i < items.Count; i++) Walk(items[i], $"{path}[{i}]");
                    break;
                default:
                    flat[path] = at is JsonValue value && value.TryGetValue<string>(out var text) ? text : at?.ToJsonString() ?? "null";
                    break;
            }
        }
    }
}
