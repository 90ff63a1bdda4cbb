using System.Text.Json.Nodes;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A value of the document that knows where it stands. Mappings keep the order of the text.</summary>
internal sealed class DocumentNode(NodeKind kind, Place place)
{
    public NodeKind Kind { get; } = kind;
    public Place Place { get; set; } = place;

    /// <summary>The override that it came from, or null.</summary>
    public string? Override { get; init; }

    /// <summary>The config that it stands in, as <c>data/elec2@3</c>; null for the pipeline's own text, and for overrides.</summary>
    public string? Config { get; init; }

    /// <summary>The node that an interpolation copied it from, or null.</summary>
    public DocumentNode? Meant { get; init; }

    /// <summary>The interpolations that made it, as written.</summary>
    public IReadOnlyList<string> Via { get; init; } = [];

    /// <summary>The environment variable that it was read from, or null.</summary>
    public string? Variable { get; init; }

    /// <summary>Interpolated already: a <c>${</c> in it is text.</summary>
    public bool Settled { get; init; }

    /// <summary>null, bool, long, double or string; of a scalar alone.</summary>
    public object? Scalar { get; init; }

    /// <summary>Of a scalar: an interpolation in it could not be resolved, which is a problem of its own.</summary>
    public bool Unresolved { get; init; }
    public List<DocumentMember> Members { get; } = [];
    public List<DocumentNode> Items { get; } = [];

    public string? Text => Scalar as string;

    /// <summary>As a person calls it.</summary>
    public string KindName => Kind switch
    {
        NodeKind.Map => "a mapping",
        NodeKind.List => "a list",
        _ => Scalar switch { null => "nothing", bool => "a boolean", long => "an integer", double => "a number", _ => "a text" },
    };

    /// <summary>Whether any scalar in it is unresolved.</summary>
    public bool IsOpen => Unresolved || Members.Exists(m => m.Node.IsOpen) || Items.Exists(i => i.IsOpen);

    public DocumentNode? this[string name] => Member(name)?.Node;

    public DocumentMember? Member(string name) => Members.Find(m => m.Name == name);

    public void Set(string name, Place namePlace, DocumentNode node)
    {
        var at = Members.FindIndex(m => m.Name == name);
        if (at < 0) Members.Add(new(name, namePlace, node));
        else Members[at] = new(name, namePlace, node);
    }

    /// <summary>A tree of its own, to be changed apart.</summary>
    /// <param name="via">The interpolation that it stands for.</param>
    public DocumentNode Copy(string? via = null)
    {
        var copy = new DocumentNode(Kind, Place) { Override = Override, Config = Config, Scalar = Scalar, Unresolved = Unresolved, Via = via is null ? Via : [via, .. Via] };
        copy.Members.AddRange(Members.Select(m => m with { Node = m.Node.Copy(via) }));
        copy.Items.AddRange(Items.Select(i => i.Copy(via)));
        return copy;
    }

    /// <summary>Takes over what the other mapping has; mappings within merge, all else is replaced.</summary>
    public void Merge(DocumentNode other)
    {
        foreach (var member in other.Members)
        {
            if (this[member.Name] is { Kind: NodeKind.Map } mine && member.Node.Kind == NodeKind.Map) mine.Merge(member.Node);
            else Set(member.Name, member.NamePlace, member.Node);
        }
    }

    public JsonNode? ToJson() => Kind switch
    {
        NodeKind.Map => new JsonObject(Members.Select(m => KeyValuePair.Create(m.Name, m.Node.ToJson()))),
        NodeKind.List => new JsonArray([.. Items.Select(i => i.ToJson())]),
        _ => Scalar switch
        {
            null => null,
            bool flag => JsonValue.Create(flag),
            long integer => JsonValue.Create(integer),
            double number => JsonValue.Create(number),
            var text => JsonValue.Create((string)text),
        },
    };

    /// <summary>Where a path as a checker writes it (<c>params.leaves</c>, <c>features[2]</c>) leads, as far as it does.</summary>
    /// <param name="key">Whether the last key's own place is wanted where the path ends at a key.</param>
    public Place Find(string path, bool key = false)
    {
        var (node, member, _) = Walk(path);
        return key && member is not null && member.Node == node ? member.NamePlace : node.Place;
    }

    /// <summary>The last node on the way along the path.</summary>
    public DocumentNode Nearest(string path) => Walk(path).Node;

    /// <summary>What stands at the path, or null where it leads nowhere.</summary>
    public DocumentNode? Follow(string path) => Walk(path) is { Left: "" } end ? end.Node : null;

    private (DocumentNode Node, DocumentMember? Last, string Left) Walk(string path)
    {
        var node = this;
        DocumentMember? last = null;
        var rest = path.TrimStart('#', '/', '.');
        while (rest.Length > 0)
        {
            if (node.Kind == NodeKind.Map && Longest(node, rest) is { } member)
            {
                (node, last, rest) = (member.Node, member, rest[member.Name.Length..].TrimStart('.', '/'));
            }
            else if (node.Kind == NodeKind.List && Index(rest, out var length) is { } index && index < node.Items.Count)
            {
                (node, rest) = (node.Items[index], rest[length..].TrimStart('.', '/'));
            }
            else
            {
                break;
            }
        }

        return (node, last, rest);
    }

    // A key may itself hold dots: the longest that fits wins.
    private static DocumentMember? Longest(DocumentNode node, string rest) => node.Members
        .Where(m => rest.StartsWith(m.Name, StringComparison.Ordinal)
            && (rest.Length == m.Name.Length || rest[m.Name.Length] is '.' or '[' or '/'))
        .MaxBy(m => m.Name.Length);

    private static int? Index(string rest, out int length)
    {
        var digits = new string([.. rest.TrimStart('[').TakeWhile(char.IsAsciiDigit)]);
        length = digits.Length + (rest[0] == '[' ? 2 : 0);
        return int.TryParse(digits, out var index) && length <= rest.Length ? index : null;
    }
}
