using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines;

/// <summary>Mappings laid flat: <c>params.leaves</c> → 31. Lists stay whole.</summary>
internal static class Flat
{
    public static Dictionary<string, JsonNode?> Of(JsonNode? node)
    {
        var flat = new Dictionary<string, JsonNode?>();
        if (node is JsonObject root) Add(flat, "", root);
        return flat;
    }

    private static void Add(Dictionary<string, JsonNode?> flat, string prefix, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (value is JsonObject { Count: > 0 } inner) Add(flat, $"{prefix}{name}.", inner);
            else flat[prefix + name] = value;
        }
    }
}
