using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Completion and hover, from the published schema and the steps that are there.</summary>
internal sealed class PipelineCompletion(ComponentCatalog components, PipelineSchema schema)
{
    public IReadOnlyList<CompletionItem> Complete(Composition composition, YamlCursor cursor)
    {
        var items = cursor is { AtValue: true, Path: ["steps", var step, "inputs", var input] }
            ? Steps(composition, step, input)
            : cursor.AtValue ? Values(SchemaAt(composition, cursor.Path)) : Keys(composition, cursor.Path);
        return [.. items.Select(i => i with { Replace = cursor.WordPlace })];
    }

    public HoverText? Hover(Composition composition, int line, int column)
    {
        if (composition.Written is not { } root) return null;
        var path = new List<string>();
        for (var node = root; ;)
        {
            if (node.Members.Find(m => m.NamePlace.Contains(line, column) || m.Node.Place.Contains(line, column)) is not { } member) return null;
            path.Add(member.Name);
            if (member.NamePlace.Contains(line, column))
                return About(member.NamePlace, path is ["steps", _, "with"] ? PipelineSchema.Descend(schema.Step, ["with"]) : SchemaAt(composition, [.. path]));
            node = member.Node;
            if (node.Kind != NodeKind.Scalar) continue;
            if (path is ["steps", _, "component"] && components.Find(node.Text ?? "") is { } component) return new(node.Place, component.Summary);
            if (node.Text?.Contains("${", StringComparison.Ordinal) == true) return Resolved(composition, node, path);
            return About(node.Place, SchemaAt(composition, [.. path]));
        }
    }

    private static HoverText? Resolved(Composition composition, DocumentNode node, List<string> path)
    {
        var value = path.Aggregate(composition.Resolved, (at, key) => at?[key]);
        if (value is null || value.Unresolved) return null;
        var origin = ValueOrigins.Of(value);
        var from = origin.Source == "pipeline" && origin.Line == node.Place.Line ? "" : $", from {origin.Words}";
        return new(node.Place, $"is `{value.ToJson()?.ToJsonString() ?? "null"}`{from}");
    }

    private static HoverText? About(Place place, JsonObject? schema) =>
        schema?["description"]?.GetValue<string>() is { } description ? new(place, $"{description}{Kind(schema)}{Default(schema)}") : null;

    private static string Kind(JsonObject schema)
    {
        var forms = PipelineSchema.Forms(schema).ToList();
        var words = forms.SelectMany(f => f["enum"]?.AsArray().Select(v => $"`{v}`") ?? (f["type"] is { } type ? [Word(type.ToString())] : [])).Distinct().ToList();
        if (words.Count == 0) return "";
        var (low, high) = (schema["minimum"] ?? schema["exclusiveMinimum"], schema["maximum"] ?? schema["exclusiveMaximum"]);
        var range = (low, high) switch { (not null, not null) => $" from {low} to {high}", (not null, null) => $" from {low}", (null, not null) => $" up to {high}", _ => "" };
        return $" *{string.Join(", ", words)}{range}.*";
    }

    private static string Word(string type) => type switch { "string" => "text", "object" => "mapping", "array" => "list", "boolean" => "true or false", _ => type };

    private static string Default(JsonObject schema) => schema["default"] is { } value ? $" Default: `{value.ToJsonString()}`." : "";

    private List<CompletionItem> Keys(Composition composition, string[] path)
    {
        if (path is ["steps", var step, "inputs"] && ComponentOf(composition, step) is { } component)
            return [.. component.Inputs.Select(i => Item(i.Key.TrimEnd('?'), $"{i.Key.TrimEnd('?')}: ", "key", i.Value, null))];
        var at = SchemaAt(composition, path);
        return [.. PipelineSchema.Forms(at).SelectMany(f => f["properties"]?.AsObject() ?? []).DistinctBy(p => p.Key)
            .Select(p => Item(p.Key, $"{p.Key}: ", "key", Type(p.Value!.AsObject()), p.Value["description"]?.GetValue<string>()))];
    }

    private static List<CompletionItem> Values(JsonObject? at)
    {
        var forms = PipelineSchema.Forms(at).ToList();
        var values = forms.SelectMany(f => f["enum"]?.AsArray() ?? []).Select(v => v?.ToString() ?? "null");
        if (forms.Any(f => f["type"]?.ToString() == "boolean")) values = values.Concat(["true", "false"]);
        var description = at?["description"]?.GetValue<string>();
        return [.. values.Distinct().Select(v => Item(v, v, "value", null, description))];
    }

    private static List<CompletionItem> Steps(Composition composition, string step, string input)
    {
        var byName = composition.Steps.ToDictionary(s => s.Name);
        var component = byName.GetValueOrDefault(step)?.Component;
        var wanted = component?.Inputs.GetValueOrDefault(input) ?? component?.Inputs.GetValueOrDefault(input + "?");
        return [.. composition.Steps.Where(s => s.Name != step && (wanted is null || StepGraph.KindOf(s, byName) is null || StepGraph.KindOf(s, byName) == wanted))
            .Select(s => Item(s.Name, s.Name, "step", s.ComponentName, s.Component?.Summary))];
    }

    private JsonObject? SchemaAt(Composition composition, string[] path) => path switch
    {
        ["steps", var step, "with", .. var rest] => ComponentOf(composition, step) is { } component
            ? PipelineSchema.Descend(JsonNode.Parse(component.Schema)!.AsObject(), rest) : null,
        ["steps", _, .. var rest] => PipelineSchema.Descend(schema.Step, rest),
        _ => PipelineSchema.Descend(schema.Root, path),
    };

    private IComponent? ComponentOf(Composition composition, string step) =>
        components.Find(composition.Written?["steps"]?[step]?["component"]?.Text ?? "");

    private static string? Type(JsonObject schema) => schema["type"]?.ToString();

    private static CompletionItem Item(string label, string insert, string kind, string? detail, string? documentation) =>
        new(label, insert, kind, detail, documentation, Place.Start);
}
