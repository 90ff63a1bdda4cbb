using System.Text.Json;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Writes a composed document as YAML that this language reads again, each line with its value's origin.</summary>
internal static class ComposedYaml
{
    public static IReadOnlyList<ComposedLine> Lines(DocumentNode root)
    {
        var lines = new List<ComposedLine>();
        Members(lines, root, "", "");
        return lines;
    }

    private static void Members(List<ComposedLine> lines, DocumentNode map, string path, string indent, string first = "")
    {
        foreach (var member in map.Members)
        {
            Add(lines, member.Node, ValueOrigins.Join(path, member.Name), indent, $"{(first.Length > 0 ? first : indent)}{Key(member.Name)}:");
            first = "";
        }
    }

    private static void Add(List<ComposedLine> lines, DocumentNode node, string path, string indent, string begin)
    {
        if (Flow(node) is { } value)
        {
            lines.Add(new($"{begin} {value}", path, ValueOrigins.Of(node.Items.Count > 0 ? node.Items[0] : node)));
            return;
        }

        lines.Add(new(begin, path, null));
        if (node.Kind == NodeKind.Map) Members(lines, node, path, indent + "  ");
        else for (var i = 0; i < node.Items.Count; i++) Item(lines, node.Items[i], ValueOrigins.Join(path, $"{i}"), indent + "  ");
    }

    private static void Item(List<ComposedLine> lines, DocumentNode item, string path, string indent)
    {
        if (Flow(item) is { } value) lines.Add(new($"{indent}- {value}", path, ValueOrigins.Of(item)));
        else if (item.Kind == NodeKind.Map) Members(lines, item, path, indent + "  ", indent + "- ");
        else Add(lines, item, path, indent, $"{indent}-");
    }

    // Scalars, and short lists of scalars that came together.
    private static string? Flow(DocumentNode node)
    {
        if (node.Kind == NodeKind.Scalar) return Scalar(node.Scalar);
        if (node.Kind == NodeKind.Map) return node.Members.Count == 0 ? "{}" : null;
        if (!node.Items.TrueForAll(i => i.Kind == NodeKind.Scalar)) return null;
        var text = $"[{string.Join(", ", node.Items.Select(i => Scalar(i.Scalar)))}]";
        return text.Length <= 160 && node.Items.Select(ValueOrigins.Of).DistinctBy(o => (o.Source, o.Name, o.Line)).Count() <= 1 ? text : null;
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        string text => Text(text),
        _ => OverrideText.Plain(value),
    };

    private static string Key(string name) => IsPlain(name) ? name : Quoted(name);

    private static string Text(string text) => IsPlain(text) && YamlScalars.Read(text) is { Trap: null, Value: string } ? text : Quoted(text);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, CanonicalJson.Options);

    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsLetterOrDigit(text[0]) || text[0] is '_' or '/' or '.') && text[^1] != ' ' && text[^1] != ':'
        && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/' or '@' or '+' or '(' or ')' or '$' or '%');
}
