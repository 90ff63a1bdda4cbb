using System.Text.Json.Nodes;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>The JSON Schema of the whole document, composed from the registered components' own.</summary>
public sealed class PipelineSchema
{
    private const string Interpolated = @"\$\{.+\}";

    private static readonly string[] Combining = ["anyOf", "oneOf", "allOf"];

    public PipelineSchema(ComponentCatalog components)
    {
        Step = GenericStep(components);
        Root = Document(new JsonObject { ["type"] = "object", ["additionalProperties"] = Step.DeepClone() });
        var published = Document(new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Name → step. The order of execution follows from the inputs.",
            ["minProperties"] = 1,
            ["maxProperties"] = 100,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]{0,62}$" },
            ["additionalProperties"] = new JsonObject { ["oneOf"] = new JsonArray([.. components.All.Select(c => (JsonNode)new JsonObject { ["$ref"] = $"#/definitions/{c.Name}" })]) },
        });
        // Beside its own keys a document has those of the configs that it composes, and none without.
        published["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = new JsonArray("defaults") },
            new JsonObject { ["additionalProperties"] = false, ["properties"] = new JsonObject(PipelineGrammar.RootKeys.Select(k => KeyValuePair.Create(k, (JsonNode?)new JsonObject()))) });
        published["definitions"] = new JsonObject(components.All.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)StepOf(c))));
        Json = published.ToJsonString(new(CanonicalJson.Options) { WriteIndented = true });
    }

    /// <summary>As it is published.</summary>
    public string Json { get; }

    internal JsonObject Root { get; }

    internal JsonObject Step { get; }

    /// <summary>A schema and what it is made of by <c>anyOf</c>, <c>oneOf</c> and <c>allOf</c>.</summary>
    internal static IEnumerable<JsonObject> Forms(JsonObject? schema) => schema is null
        ? []
        : new[] { schema }.Concat(Combining
            .SelectMany(k => schema[k]?.AsArray() ?? []).OfType<JsonObject>().SelectMany(Forms));

    internal static JsonObject? Descend(JsonObject? schema, IEnumerable<string> path)
    {
        foreach (var key in path)
        {
            schema = Forms(schema).Select(f => f["properties"]?[key] ?? f["additionalProperties"] ?? f["items"]).OfType<JsonObject>().FirstOrDefault();
        }

        return schema;
    }

    private static JsonObject Document(JsonObject steps) => new()
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "Nexus pipeline",
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = "object", ["description"] = "Of a config that 'defaults' merges under this key: what is said here instead." },
        ["required"] = new JsonArray("steps"),
        ["properties"] = new JsonObject
        {
            ["name"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9-]{0,62}$", ["description"] = "The pipeline's name." },
            ["description"] = new JsonObject { ["type"] = "string", ["maxLength"] = 4000, ["description"] = "What the pipeline is for." },
            ["defaults"] = Defaults(),
            ["params"] = new JsonObject { ["type"] = "object", ["description"] = "Values that `${params.name}` reads and overrides change." },
            ["steps"] = steps,
        },
    };

    private static JsonObject Defaults()
    {
        var name = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9-]{0,62}$" };
        return new()
        {
            ["type"] = "array",
            ["maxItems"] = 100,
            ["description"] = "Configs to compose, in order: `group: option`, `group@package: option`, `optional group: option`, `override group: option`, and `_self_` for this document's own place.",
            ["items"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray("_self_") },
                    new JsonObject { ["type"] = "string", ["pattern"] = "^/?[a-z0-9][a-z0-9/-]*(@[A-Za-z0-9_.-]*)?$", ["description"] = "A config by its path." },
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["minProperties"] = 1,
                        ["maxProperties"] = 1,
                        ["propertyNames"] = new JsonObject { ["pattern"] = "^((optional|override) +)?/?[a-z0-9][a-z0-9/-]*(@[A-Za-z0-9_.-]*)?$" },
                        ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray(name, new JsonObject { ["type"] = "null" }, new JsonObject { ["type"] = "array", ["items"] = name.DeepClone() }) },
                    }),
            },
        };
    }

    private static JsonObject GenericStep(ComponentCatalog components) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("component"),
        ["properties"] = new JsonObject
        {
            ["component"] = new JsonObject { ["enum"] = new JsonArray([.. components.All.Select(c => (JsonNode)c.Name)]), ["description"] = "What the step does." },
            ["inputs"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" }, ["description"] = "Input → the step whose output it takes." },
            ["with"] = new JsonObject { ["type"] = "object", ["description"] = "The component's parameters." },
            ["retries"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 10, ["default"] = PipelineStep.DefaultRetries, ["description"] = "How often a passing failure (of disk, database or network) is tried again, after 1, 4, 16 … s." },
            ["timeout"] = new JsonObject { ["type"] = "string", ["pattern"] = Duration.Pattern, ["description"] = "How long one attempt may take, as 90s, 15m or 2h; without it, as long as it takes." },
            ["cache"] = new JsonObject { ["type"] = "boolean", ["default"] = true, ["description"] = "False: always run, even where an equal step ran before." },
        },
    };

    private static JsonObject StepOf(IComponent component)
    {
        var with = JsonNode.Parse(component.Schema)!.AsObject();
        var needsWith = with["required"] is JsonArray { Count: > 0 };
        var needsInputs = component.Inputs.Keys.Where(k => !k.EndsWith('?')).Select(k => (JsonNode)k).ToArray();
        var step = GenericStep(new([component]));
        step["description"] = component.Summary;
        step["properties"]!["inputs"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray(needsInputs),
            ["properties"] = new JsonObject(component.Inputs.Select(i => KeyValuePair.Create(
                i.Key.TrimEnd('?'), (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = $"A step that answers {i.Value}." }))),
        };
        step["properties"]!["with"] = AllowInterpolation(with);
        step["required"] = new JsonArray([.. new[] { "component", needsWith ? "with" : "", needsInputs.Length > 0 ? "inputs" : "" }
            .Where(k => k.Length > 0).Select(k => (JsonNode)k)]);
        return step;
    }

    // Wherever a value may stand, an interpolation may stand for it; a text may hold one.
    private static JsonObject AllowInterpolation(JsonObject schema)
    {
        var open = schema.DeepClone().AsObject();
        foreach (var keyword in new[] { "properties", "patternProperties" })
        {
            if (open[keyword] is JsonObject members)
                foreach (var name in members.Select(m => m.Key).ToList()) members[name] = OrInterpolated(members[name]!);
        }

        foreach (var keyword in new[] { "items", "additionalProperties" })
        {
            if (open[keyword] is JsonObject inner) open[keyword] = OrInterpolated(inner);
        }

        foreach (var keyword in Combining)
        {
            if (open[keyword] is JsonArray forms) open[keyword] = new JsonArray([.. forms.Select(f => f is JsonObject form ? AllowInterpolation(form) : f?.DeepClone())]);
        }

        return open;
    }

    private static JsonNode OrInterpolated(JsonNode node)
    {
        if (node is not JsonObject schema) return node.DeepClone();
        var inner = AllowInterpolation(schema);
        if (inner["type"]?.ToString() == "string" && inner["enum"] is null && inner["pattern"] is null) return inner;
        var either = new JsonObject
        {
            ["anyOf"] = new JsonArray(inner, new JsonObject { ["type"] = "string", ["pattern"] = Interpolated }),
        };
        if (schema["description"] is { } description) either["description"] = description.DeepClone();
        return either;
    }
}
