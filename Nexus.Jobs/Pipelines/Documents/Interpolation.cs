using System.Text;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Replaces <c>${a.b}</c> by what stands at that path. A scalar that is one interpolation keeps the type of what it names, a whole
/// mapping included; inside a longer text the value is written out. What is replaced knows what it was taken from.
/// </summary>
internal sealed class Interpolation
{
    private readonly DocumentNode _root;
    private readonly InterpolationResolvers _resolvers;
    private readonly List<PipelineProblem> _problems;
    private readonly Dictionary<DocumentNode, (DocumentNode Node, string Name)> _above = [];
    private readonly Dictionary<DocumentNode, DocumentNode> _done = [];
    private readonly List<(DocumentNode Node, string Words)> _open = [];
    private readonly InterpolationBudget _budget;
    private readonly IReadOnlyCollection<string> _absent;

    private Interpolation(DocumentNode root, EnvironmentReads environment, IReadOnlyCollection<string> absent, List<PipelineProblem> problems)
    {
        (_root, _absent, _problems, _budget) = (root, absent, problems, new(problems));
        _resolvers = new(environment, Value, Follow);
    }

    /// <summary>The document without interpolations, the given one staying as it is; null where it is too large or too deep to be read.</summary>
    /// <param name="absent">Keys of the root whose absence is a problem of its own: what leads there is left open.</param>
    public static DocumentNode? Resolve(DocumentNode root, List<PipelineProblem> problems, EnvironmentReads? environment = null, IReadOnlyCollection<string>? absent = null)
    {
        var interpolation = new Interpolation(root, environment ?? EnvironmentReads.None, absent ?? [], problems);
        try
        {
            interpolation.Climb(root, 1);
        }
        catch (InterpolationFault)
        {
            return null; // the budget said so at its place
        }

        return interpolation.Resolve(root, "the document");
    }

    private void Climb(DocumentNode node, int depth)
    {
        _budget.Add(node, depth);
        foreach (var member in node.Members)
        {
            _above[member.Node] = (node, member.Name);
            Climb(member.Node, depth + 1);
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            _above[node.Items[i]] = (node, $"{i}");
            Climb(node.Items[i], depth + 1);
        }
    }

    private DocumentNode Resolve(DocumentNode node, string words)
    {
        if (node.Settled) return node;
        if (_done.TryGetValue(node, out var done)) return done;
        if (_open.Any(o => o.Node == node)) throw new CycleException([.. _open.SkipWhile(o => o.Node != node).Select(o => o.Words), words]);
        _open.Add((node, words));
        try
        {
            return _done[node] = node.Kind switch
            {
                NodeKind.Map => ResolveMap(node),
                NodeKind.List => ResolveList(node),
                _ when node.Text is "???" => Missing(node),
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
        var resolved = new DocumentNode(NodeKind.Map, map.Place) { Override = map.Override, Config = map.Config, Settled = true };
        foreach (var member in map.Members) resolved.Members.Add(member with { Node = Resolve(member.Node, member.Name) });
        return resolved;
    }

    private DocumentNode ResolveList(DocumentNode list)
    {
        var resolved = new DocumentNode(NodeKind.List, list.Place) { Override = list.Override, Config = list.Config, Settled = true };
        resolved.Items.AddRange(list.Items.Select((item, i) => Resolve(item, $"[{i}]")));
        return resolved;
    }

    private DocumentNode Missing(DocumentNode node)
    {
        var path = PathOf(node);
        _problems.Add(PipelineProblem.At(node, $"'{path}' must be given (???): by an override, {path}=…, or here.") with { Mandatory = true });
        return Open(node);
    }

    private DocumentNode ResolveText(DocumentNode node, string text)
    {
        if (_budget.IsSpent) return Open(node);
        try
        {
            var parts = InterpolationText.Parse(text);
            if (parts is [ReferencePart whole]) return Copy(Evaluate(whole, node), node, whole.Text, DepthOf(node));
            var written = Written(parts, node);
            return new(NodeKind.Scalar, node.Place) { Override = node.Override, Config = node.Config, Scalar = written, Settled = true, Via = [.. parts.OfType<ReferencePart>().Select(p => p.Text)] };
        }
        catch (CycleException cycle)
        {
            _problems.Add(PipelineProblem.At(node, $"The interpolation goes round in a circle: {cycle.Message}."));
        }
        catch (InterpolationFault fault)
        {
            if (!fault.Known) _problems.Add(PipelineProblem.At(node, fault.Message, fault.Suggested) with { Word = fault.Word, Mandatory = fault.Mandatory });
        }

        return Open(node);
    }

    private string Written(IReadOnlyList<TextPart> parts, DocumentNode user)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var piece = part is PlainPart plain ? plain.Text : Value((ReferencePart)part, user);
            _budget.Write(user, piece.Length);
            text.Append(piece);
        }

        return text.ToString();
    }

    /// <summary>What the parts come to, as a text.</summary>
    private string Value(IReadOnlyList<TextPart> parts, DocumentNode user) => Written(parts, user);

    private string Value(ReferencePart part, DocumentNode user)
    {
        var target = Evaluate(part, user);
        if (target.Kind != NodeKind.Scalar) throw new InterpolationFault($"'{part.Text}' names {target.KindName}, which cannot stand inside a text.");
        return target.Text ?? target.ToJson()?.ToJsonString() ?? "";
    }

    private DocumentNode Evaluate(ReferencePart part, DocumentNode user)
    {
        _budget.Enter(user);
        try
        {
            return _resolvers.Evaluate(part, user);
        }
        finally
        {
            _budget.Leave();
        }
    }

    private DocumentNode Follow(string path, DocumentNode user)
    {
        var dots = path.TakeWhile(c => c == '.').Count();
        var node = dots == 0 ? _root : user;
        for (var i = 0; i < dots; i++) node = _above.TryGetValue(node, out var above) ? above.Node : throw new InterpolationFault($"'${{{path}}}' leads beyond the document's root.");
        var segments = path[dots..].Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.TrimEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            // On the way only a scalar that is itself an interpolation has to be resolved; the containers may be under way.
            if (node.Kind == NodeKind.Scalar) node = Resolve(node, string.Join('.', segments[..i]));
            node = Step(node, segments[i]) ?? throw Unknown(path, node, segments[i], dots == 0 && _absent.Contains(segments[0]));
        }

        return Resolve(node, $"${{{path}}}");
    }

    private static DocumentNode? Step(DocumentNode node, string segment) => node.Kind switch
    {
        NodeKind.Map => node[segment],
        NodeKind.List => int.TryParse(segment, out var index) && index >= 0 && index < node.Items.Count ? node.Items[index] : null,
        _ => null,
    };

    private static InterpolationFault Unknown(string path, DocumentNode at, string segment, bool known) => new(
        $"'${{{path}}}' names nothing: there is no '{segment}'.", Suggestion.For(segment, at.Members.Select(m => m.Name)), segment)
    { Known = known };

    private string PathOf(DocumentNode node)
    {
        var names = new List<string>();
        for (var at = node; _above.TryGetValue(at, out var above); at = above.Node) names.Insert(0, above.Name);
        return names is ["steps", var step, "with", .. var rest] ? string.Join('.', [step, .. rest]) : string.Join('.', names);
    }

    private static DocumentNode Open(DocumentNode node) =>
        new(NodeKind.Scalar, node.Place) { Override = node.Override, Config = node.Config, Scalar = node.Scalar, Unresolved = true, Settled = true };

    private int DepthOf(DocumentNode node)
    {
        var depth = 1;
        for (var at = node; _above.TryGetValue(at, out var above); at = above.Node) depth++;
        return depth;
    }

    // What is used shows its mistakes where it is used.
    private DocumentNode Copy(DocumentNode target, DocumentNode user, string via, int depth)
    {
        _budget.Add(user, depth);
        _budget.Write(user, via.Length + (target.Text?.Length ?? 0));
        for (var from = target; from is not null; from = from.Meant) _budget.Write(user, from.Via.Sum(word => word.Length)); // its origin tells them all
        var copy = new DocumentNode(target.Kind, user.Place)
        {
            Override = user.Override,
            Config = user.Config,
            Scalar = target.Scalar,
            Unresolved = target.Unresolved,
            Settled = true,
            Meant = target,
            Via = [via],
        };
        foreach (var member in target.Members) copy.Members.Add(new(member.Name, user.Place, Copy(member.Node, user, via, depth + 1)));
        foreach (var item in target.Items) copy.Items.Add(Copy(item, user, via, depth + 1));
        return copy;
    }

    private sealed class CycleException(IReadOnlyList<string> way) : Exception(string.Join(" → ", way));
}
