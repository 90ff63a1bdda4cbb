using System.Text.Json.Nodes;
using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Changes a document by overrides, one after the other: <c>path=value</c> sets, <c>+path=value</c> adds what is not there yet,
/// <c>++path=value</c> either, <c>~path</c> takes away. A path that begins with a step's name is short for that step's <c>with</c>.
/// A mapping is merged into the one that is there. Parameters must exist to be set; what a step takes, its schema says.
/// </summary>
internal static class OverrideEditor
{
    public const int MaxOverrides = 100;
    private const int MaxLength = 10_000;

    /// <summary>Those that can be read; of the others, what is wrong.</summary>
    public static IReadOnlyList<ParsedOverride> ParseAll(IReadOnlyList<string> overrides, List<PipelineProblem> problems)
    {
        if (overrides.Count > MaxOverrides)
        {
            problems.Add(PipelineProblem.In(overrides[MaxOverrides], $"At most {MaxOverrides} overrides."));
            return [];
        }

        var parsed = new List<ParsedOverride>();
        foreach (var text in overrides) Try(text, () => parsed.Add(Parse(text)), problems);
        return parsed;
    }

    /// <summary>Those that reach into what an interpolation stands for come last: they change it there, and not where it was taken from.</summary>
    public static void Apply(DocumentNode root, IEnumerable<ParsedOverride> overrides, List<PipelineProblem> problems)
    {
        var within = new List<ParsedOverride>();
        foreach (var parsed in overrides)
        {
            if (OverridePath.Interpolated(root, Expand(root, parsed.Key.Segments)) is not null) within.Add(parsed);
            else Try(parsed.Text, () => Apply(root, parsed), problems);
        }

        var room = YamlReader.MaxNodes; // for what interpolations stand for
        foreach (var parsed in within) Try(parsed.Text, () => ApplyWithin(root, parsed, ref room), problems);
    }

    private static void ApplyWithin(DocumentNode root, ParsedOverride parsed, ref int room)
    {
        while (OverridePath.Interpolated(root, Expand(root, parsed.Key.Segments)) is { } node && OverridePath.WriteOut(root, node, ref room))
        {
            // An interpolation may stand for what holds another.
        }

        if (room < 0) throw new OverrideFault(parsed.Key.Column, "What the interpolations on this path stand for is too large, or leads in a circle.");
        Apply(root, parsed);
    }

    private static void Try(string text, Action read, List<PipelineProblem> problems)
    {
        try
        {
            read();
        }
        catch (OverrideFault fault)
        {
            problems.Add(fault.In(text.Length <= 200 ? text : text[..200] + "…"));
        }
    }

    /// <exception cref="OverrideFault">Where it cannot be read.</exception>
    public static ParsedOverride Parse(string text) => text.Length <= MaxLength
        ? OverrideParser.Parse(text)
        : throw new OverrideFault(MaxLength, $"An override has at most {MaxLength:N0} characters.");

    /// <exception cref="OverrideFault">JSON has no infinite number, and none that is not one.</exception>
    public static void RequireFinite(DocumentNode node)
    {
        if (node.Scalar is double number && !double.IsFinite(number)) throw new OverrideFault(node.Place.Column, $"'{OverrideText.Plain(number)}' is not a number that can be kept; quote it for the text.");
        foreach (var item in node.Items) RequireFinite(item);
        foreach (var member in node.Members) RequireFinite(member.Node);
    }

    private static void Apply(DocumentNode root, ParsedOverride parsed)
    {
        var segments = Expand(root, parsed.Key.Segments) ?? throw Unknown(root, parsed.Key);
        if (parsed.Mark == OverrideMark.Remove)
        {
            Remove(root, parsed, segments);
            return;
        }

        if (parsed.Value is not ValueTerm value) throw new OverrideFault(parsed.Value!.Column, "It names several values: that is a sweep, and a run has one. Start a sweep, or choose one of them.");
        RequireFinite(value.Node);
        Set(root, parsed, segments, value.Node);
    }

    private static string[]? Expand(DocumentNode root, string[] segments) =>
        root["steps"]?[segments[0]] is not null ? ["steps", segments[0], "with", .. segments[1..]]
        : segments[0] is "steps" or "params" or "name" or "description" || root[segments[0]] is not null ? segments
        : null;

    private static OverrideFault Unknown(DocumentNode root, OverrideKey key) => new(
        key.Column,
        $"The path '{key.Segments[0]}' begins with neither a step nor a key of the document.",
        Suggestion.For(key.Segments[0], [.. root["steps"]?.Members.Select(m => m.Name) ?? [], .. root.Members.Select(m => m.Name), "params", "steps", "description"]));

    private static void Set(DocumentNode root, ParsedOverride parsed, string[] segments, DocumentNode value)
    {
        var at = root;
        for (var i = 0; i < segments.Length - 1; i++)
        {
            var next = OverridePath.Child(at, segments[i]);
            if (next is null && (at.Kind != NodeKind.Map || i < 2)) throw Missing(parsed, at, segments[i]);
            if (next is null)
            {
                next = new(NodeKind.Map, value.Place) { Override = parsed.Text };
                at.Set(segments[i], value.Place, next);
            }

            at = next;
        }

        var last = segments[^1];
        var there = OverridePath.Child(at, last);
        if (parsed.Mark == OverrideMark.Add && there is not null) throw new OverrideFault(parsed.Key.Column, $"'{last}' is there already; '++' or no mark sets it.");
        if (parsed.Mark == OverrideMark.Set && there is null && segments[0] != "steps") throw Missing(parsed, at, last);
        if (there is { Kind: NodeKind.Map } && value.Kind == NodeKind.Map) there.Merge(value);
        else if (at.Kind == NodeKind.Map) at.Set(last, value.Place, value);
        else if (at.Kind == NodeKind.List && there is not null) at.Items[int.Parse(last)] = value;
        else throw Missing(parsed, at, last);
    }

    private static void Remove(DocumentNode root, ParsedOverride parsed, string[] segments)
    {
        var at = root;
        foreach (var segment in segments[..^1]) at = OverridePath.Child(at, segment) ?? throw Missing(parsed, at, segment);
        var gone = OverridePath.Child(at, segments[^1]) ?? throw Missing(parsed, at, segments[^1]);
        if (parsed.Value is { } expected && !JsonNode.DeepEquals(gone.ToJson(), OverrideFunctions.One(expected, "what is taken away").ToJson()))
            throw new OverrideFault(expected.Column, $"'{segments[^1]}' is not {parsed.Text[(expected.Column - 1)..]}.");

        if (at.Kind == NodeKind.Map) at.Members.RemoveAll(m => m.Name == segments[^1]);
        else at.Items.Remove(gone);
    }

    private static OverrideFault Missing(ParsedOverride parsed, DocumentNode at, string segment)
    {
        var column = parsed.Text.IndexOf(segment, StringComparison.Ordinal) + 1;
        return new(Math.Max(column, parsed.Key.Column), $"There is no '{segment}' at this path.", Suggestion.For(segment, at.Members.Select(m => m.Name)));
    }
}
