namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Changes a document by overrides, one after the other: <c>path=value</c> sets, <c>+path=value</c> adds what is not there yet,
/// <c>++path=value</c> either, <c>~path</c> takes away. A path that begins with a step's name is short for that step's <c>with</c>.
/// Values are YAML. Parameters must exist to be set; what a step takes, its schema says.
/// </summary>
internal static class OverrideEditor
{
    public const int MaxOverrides = 100;
    private const int MaxLength = 10_000;

    public static void Apply(DocumentNode root, IReadOnlyList<string> overrides, List<PipelineProblem> problems)
    {
        if (overrides.Count > MaxOverrides)
        {
            problems.Add(PipelineProblem.In(overrides[MaxOverrides], $"At most {MaxOverrides} overrides."));
            return;
        }

        foreach (var text in overrides)
        {
            if (Apply(root, text, problems) is { } problem) problems.Add(problem);
        }
    }

    private static PipelineProblem? Apply(DocumentNode root, string text, List<PipelineProblem> problems)
    {
        if (text.Length > MaxLength) return PipelineProblem.In(text[..80] + "…", $"An override has at most {MaxLength:N0} characters.");
        var mark = text.StartsWith("++", StringComparison.Ordinal) ? "++" : text.Length > 0 && text[0] is '+' or '~' ? text[..1] : "";
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = (equals < 0 ? text[mark.Length..] : text[mark.Length..equals]).Trim();
        if (path.Length == 0 || path.Split('.').Any(s => s.Trim().Length == 0)) return PipelineProblem.In(text, "An override is path=value, or ~path to take something away.");
        if (equals < 0 && mark != "~") return PipelineProblem.In(text, "The override has no '='; write path=value, or ~path to take something away.");

        var segments = Expand(root, [.. path.Split('.').Select(s => s.Trim())]);
        if (segments is null) return Unknown(root, text, path.Split('.')[0].Trim());
        if (mark == "~") return Remove(root, text, segments);

        var before = problems.Count;
        var value = equals == text.Length - 1
            ? new DocumentNode(NodeKind.Scalar, Place.Start) { Override = text, Scalar = "" }
            : YamlReader.Read(text[(equals + 1)..], problems, text);
        return problems.Count > before || value is null ? null : Set(root, text, segments, mark, value);
    }

    private static string[]? Expand(DocumentNode root, string[] segments) =>
        root["steps"]?[segments[0]] is not null ? ["steps", segments[0], "with", .. segments[1..]]
        : segments[0] is "steps" or "params" or "name" or "description" ? segments
        : null;

    private static PipelineProblem Unknown(DocumentNode root, string text, string first) => PipelineProblem.In(
        text,
        $"The path '{first}' begins with neither a step nor a key of the document.",
        Suggestion.For(first, [.. root["steps"]?.Members.Select(m => m.Name) ?? [], "params", "steps", "description"]));

    private static PipelineProblem? Set(DocumentNode root, string text, string[] segments, string mark, DocumentNode value)
    {
        var at = root;
        for (var i = 0; i < segments.Length - 1; i++)
        {
            var next = Child(at, segments[i]);
            if (next is null && (at.Kind != NodeKind.Map || i < 2)) return Missing(text, at, segments[i]);
            if (next is null)
            {
                next = new(NodeKind.Map, Place.Start) { Override = text };
                at.Set(segments[i], Place.Start, next);
            }

            at = next;
        }

        var last = segments[^1];
        var exists = Child(at, last) is not null;
        if (mark == "+" && exists) return PipelineProblem.In(text, $"'{last}' is there already; '++' or no mark sets it.");
        if (mark == "" && !exists && segments[0] == "params") return Missing(text, at, last);
        if (at.Kind == NodeKind.Map) at.Set(last, Place.Start, value);
        else if (at.Kind == NodeKind.List && exists) at.Items[int.Parse(last)] = value;
        else return Missing(text, at, last);
        return null;
    }

    private static PipelineProblem? Remove(DocumentNode root, string text, string[] segments)
    {
        var at = root;
        foreach (var segment in segments[..^1])
        {
            if (Child(at, segment) is not { } next) return Missing(text, at, segment);
            at = next;
        }

        if (Child(at, segments[^1]) is not { } gone) return Missing(text, at, segments[^1]);
        if (text.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0)
        {
            var expected = YamlReader.Read(text[(equals + 1)..], [], text)?.ToJson();
            if (!System.Text.Json.Nodes.JsonNode.DeepEquals(gone.ToJson(), expected)) return PipelineProblem.In(text, $"'{segments[^1]}' is not {text[(equals + 1)..]}.");
        }

        if (at.Kind == NodeKind.Map) at.Members.RemoveAll(m => m.Name == segments[^1]);
        else at.Items.Remove(gone);
        return null;
    }

    private static DocumentNode? Child(DocumentNode node, string segment) => node.Kind switch
    {
        NodeKind.Map => node[segment],
        NodeKind.List => int.TryParse(segment, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null,
        _ => null,
    };

    private static PipelineProblem Missing(string text, DocumentNode at, string segment) => PipelineProblem.In(
        text, $"There is no '{segment}' at this path.", Suggestion.For(segment, at.Members.Select(m => m.Name)));
}
