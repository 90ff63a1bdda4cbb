using System.Text.RegularExpressions;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Replaces <c>${a.b}</c> by what stands at that path. A scalar that is one interpolation keeps the type of what it names, a whole
/// mapping included; inside a longer text the value is written out. <c>\${</c> stays <c>${</c>.
/// </summary>
internal sealed partial class Interpolation
{
    private readonly DocumentNode _root;
    private readonly List<PipelineProblem> _problems;
    private readonly Dictionary<DocumentNode, DocumentNode> _done = [];
    private readonly List<(DocumentNode Node, string Words)> _open = [];
    private int _nodes;

    private Interpolation(DocumentNode root, List<PipelineProblem> problems) => (_root, _problems) = (root, problems);

    /// <summary>The document without interpolations; the given one stays as it is.</summary>
    public static DocumentNode Resolve(DocumentNode root, List<PipelineProblem> problems) =>
        new Interpolation(root, problems).Resolve(root, "the document");

    private DocumentNode Resolve(DocumentNode node, string words)
    {
        if (_done.TryGetValue(node, out var done)) return done;
        if (_open.Any(o => o.Node == node)) throw new CycleException([.. _open.SkipWhile(o => o.Node != node).Select(o => o.Words), words]);
        _open.Add((node, words));
        try
        {
            return _done[node] = node.Kind switch
            {
                NodeKind.Map => ResolveMap(node),
                NodeKind.List => ResolveList(node),
                _ => node.Text is { } text && text.Contains("${", StringComparison.Ordinal) ? ResolveText(node, text) : node,
            };
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private DocumentNode ResolveMap(DocumentNode map)
    {
        var resolved = new DocumentNode(NodeKind.Map, map.Place) { Override = map.Override };
        foreach (var member in map.Members) resolved.Members.Add(member with { Node = Resolve(member.Node, member.Name) });
        return resolved;
    }

    private DocumentNode ResolveList(DocumentNode list)
    {
        var resolved = new DocumentNode(NodeKind.List, list.Place) { Override = list.Override };
        resolved.Items.AddRange(list.Items.Select((item, i) => Resolve(item, $"[{i}]")));
        return resolved;
    }

    private DocumentNode ResolveText(DocumentNode node, string text)
    {
        try
        {
            var whole = Whole().Match(text);
            if (whole.Success) return Copy(Follow(whole.Groups[1].Value), node);
            var written = Part().Replace(text, Written);
            return new(NodeKind.Scalar, node.Place) { Override = node.Override, Scalar = written };
        }
        catch (CycleException cycle)
        {
            _problems.Add(PipelineProblem.At(node, $"The interpolation goes round in a circle: {cycle.Message}."));
        }
        catch (UnknownPathException unknown)
        {
            _problems.Add(PipelineProblem.At(node, unknown.Message, unknown.Suggested));
        }

        return new(NodeKind.Scalar, node.Place) { Override = node.Override, Scalar = text, Unresolved = true };
    }

    private string Written(Match part)
    {
        if (part.Value.StartsWith('\\')) return part.Value[1..];
        if (!part.Groups[1].Success) throw new UnknownPathException("An interpolation has the form ${path}; write \\${ for the characters themselves.", null);
        var path = part.Groups[1].Value;
        var target = Follow(path);
        return target.Kind == NodeKind.Scalar
            ? target.Text ?? target.ToJson()?.ToJsonString() ?? ""
            : throw new UnknownPathException($"'${{{path}}}' names {target.KindName}, which cannot stand inside a text.", null);
    }

    private DocumentNode Follow(string path)
    {
        var node = _root;
        var segments = path.Split('.', StringSplitOptions.TrimEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            // On the way only a scalar that is itself an interpolation has to be resolved; the containers may be under way.
            if (node.Kind == NodeKind.Scalar) node = Resolve(node, string.Join('.', segments[..i]));
            node = Step(node, segments[i]) ?? throw Unknown(path, node, segments[i]);
        }

        return Resolve(node, $"${{{path}}}");
    }

    private static DocumentNode? Step(DocumentNode node, string segment) => node.Kind switch
    {
        NodeKind.Map => node[segment],
        NodeKind.List => int.TryParse(segment, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null,
        _ => null,
    };

    private static UnknownPathException Unknown(string path, DocumentNode at, string segment) => new(
        $"'${{{path}}}' names nothing: there is no '{segment}'.", Suggestion.For(segment, at.Members.Select(m => m.Name)));

    // What is used shows its mistakes where it is used.
    private DocumentNode Copy(DocumentNode target, DocumentNode user)
    {
        if (++_nodes > YamlReader.MaxNodes) throw new UnknownPathException("The interpolations make the document too large.", null);
        var copy = new DocumentNode(target.Kind, user.Place) { Override = user.Override, Scalar = target.Scalar, Unresolved = target.Unresolved };
        foreach (var member in target.Members) copy.Members.Add(new(member.Name, user.Place, Copy(member.Node, user)));
        foreach (var item in target.Items) copy.Items.Add(Copy(item, user));
        return copy;
    }

    [GeneratedRegex(@"\A\$\{([^${}]*)\}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\\\$\{|\$\{(?:([^${}]*)\})?", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Part();

    private sealed class CycleException(IReadOnlyList<string> way) : Exception(string.Join(" → ", way));

    private sealed class UnknownPathException(string message, string? suggested) : Exception(message)
    {
        public string? Suggested { get; } = suggested;
    }
}
