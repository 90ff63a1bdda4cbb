using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines;

/// <summary>The parameters of a composed document laid flat, by the paths that overrides use.</summary>
public static class ComposedParameters
{
    /// <summary>
    /// <c>params.leaves</c> of the document, <c>training.iterations</c> of a config in it, and <c>train.params.learningRate</c> of its
    /// steps. Lists stay whole.
    /// </summary>
    public static IReadOnlyDictionary<string, JsonNode?> Of(string composed)
    {
        var document = JsonNode.Parse(composed)!.AsObject();
        var flat = Flat.Of(new JsonObject(document.Where(m => m.Key is not ("name" or "description" or "steps")).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))));
        foreach (var (step, node) in document["steps"]!.AsObject())
        {
            foreach (var (path, value) in Flat.Of(node!["with"])) flat.TryAdd($"{step}.{path}", value);
        }

        return flat.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value);
    }
}
