using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// Reads one YAML document strictly: no doubled keys, anchors, aliases, tags or keys that are not text, bounded in size and depth.
/// After a mistake it goes on as far as it can, so that an editor sees all of them.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxNodes = 50_000;
    public const int MaxDepth = 32;
    public const int MaxKeys = 2000;

    private readonly Parser _parser;
    private readonly List<PipelineProblem> _problems;
    private readonly string? _config;
    private readonly string _text;
    private int _nodes;
    private bool _broken;

    private YamlReader(string text, List<PipelineProblem> problems, string? config)
    {
        _text = text;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        (_problems, _config) = (problems, config);
    }

    /// <summary>The document's root as far as it could be read; null where there is none.</summary>
    /// <param name="config">Where the text is a config's: which.</param>
    public static DocumentNode? Read(string text, List<PipelineProblem> problems, string? config = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            problems.Add(PipelineProblem.At(Place.Start, $"The document is larger than {MaxBytes / 1024} KiB."));
            return null;
        }

        return new YamlReader(text, problems, config).ReadDocument();
    }

    private DocumentNode? ReadDocument()
    {
        Next();
        if (Next() is not DocumentStart)
        {
            if (!_broken) Problem(Place.Start, "The document is empty.");
            return null;
        }

        var root = Next() is { } first ? ReadNode(first, 1) : null;
        if (Next() is DocumentEnd && Next() is DocumentStart second) Problem(PlaceOf(second), "There is a second document; one file holds one.");
        return root;
    }

    // Null at the end of what can be read.
    private ParsingEvent? Next()
    {
        if (_broken) return null;
        try
        {
            return _parser.MoveNext() ? _parser.Current : null;
        }
        catch (YamlException broken)
        {
            var words = Words(broken);
            return Break(words.Contains(" tab ", StringComparison.Ordinal) ? FirstTab() : PlaceOf(broken), words);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException)
        {
            // Some texts trip the parser itself.
            return Break(_parser.Current is { } last ? PlaceOf(last) : Place.Start, "it cannot be read beyond this.");
        }
    }

    private ParsingEvent? Break(Place place, string words)
    {
        _broken = true;
        Problem(place, $"This is not YAML: {words}");
        return null;
    }

    private DocumentNode ReadNode(ParsingEvent parsing, int depth)
    {
        var place = PlaceOf(parsing);
        if (++_nodes > MaxNodes || depth > MaxDepth)
        {
            Problem(place, depth > MaxDepth ? $"Nested deeper than {MaxDepth} levels." : $"More than {MaxNodes:N0} values.");
            _broken = true;
            return new(NodeKind.Scalar, place) { Config = _config };
        }

        if (parsing is NodeEvent node) Refuse(node, place);
        return parsing switch
        {
            MappingStart => ReadMap(place, depth),
            SequenceStart => ReadList(place, depth),
            Scalar scalar => new(NodeKind.Scalar, place) { Config = _config, Scalar = ReadScalar(scalar, place) },
            _ => new(NodeKind.Scalar, place) { Config = _config },
        };
    }

    private void Refuse(NodeEvent node, Place place)
    {
        if (!node.Anchor.IsEmpty) Problem(place, "Anchors (&) are not part of this language; name the value under 'params' and use ${params.name}.");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) Problem(place, $"Tags ({node.Tag}) are not part of this language.");
    }

    private DocumentNode ReadMap(Place start, int depth)
    {
        var map = new DocumentNode(NodeKind.Map, start) { Config = _config };
        var end = start;
        while (Next() is { } parsing and not MappingEnd)
        {
            var keyPlace = PlaceOf(parsing);
            var name = (parsing as Scalar)?.Value;
            if (name is null)
            {
                Problem(keyPlace, parsing is AnchorAlias ? "Aliases (*) are not part of this language." : "A key is a text.");
                ReadNode(parsing, depth + 1);
            }

            if (Next() is not { } value) break;
            if (value is AnchorAlias) Problem(PlaceOf(value), "Aliases (*) are not part of this language; use ${params.name}.");
            var node = ReadNode(value, depth + 1);
            end = node.Place;
            if (name is null) continue;
            if (map.Members.Count == MaxKeys)
            {
                Problem(keyPlace, $"A map has at most {MaxKeys:N0} keys.");
                _broken = true;
                break;
            }

            if (map.Member(name) is { } first) Problem(keyPlace, $"The key '{name}' is there twice; first in line {first.NamePlace.Line}.");
            else map.Members.Add(new(name, keyPlace, node));
        }

        return Close(map, start, end);
    }

    private DocumentNode ReadList(Place start, int depth)
    {
        var list = new DocumentNode(NodeKind.List, start) { Config = _config };
        var end = start;
        while (Next() is { } parsing and not SequenceEnd)
        {
            if (parsing is AnchorAlias) Problem(PlaceOf(parsing), "Aliases (*) are not part of this language; use ${params.name}.");
            var item = ReadNode(parsing, depth + 1);
            end = item.Place;
            list.Items.Add(item);
        }

        return Close(list, start, end);
    }

    // A block ends where the next thing begins: too far for an editor, so it is taken to end with its last value.
    private DocumentNode Close(DocumentNode node, Place start, Place last)
    {
        var flow = _parser.Current is { } end && end.End.Column > end.Start.Column;
        node.Place = flow && !_broken
            ? start with { EndLine = (int)_parser.Current!.End.Line, EndColumn = (int)_parser.Current.End.Column }
            : start with { EndLine = last.EndLine, EndColumn = last.EndColumn };
        return node;
    }

    private object? ReadScalar(Scalar scalar, Place place)
    {
        if (scalar.Style != ScalarStyle.Plain) return scalar.Value;
        var (value, trap) = YamlScalars.Read(scalar.Value);
        if (trap is null) return value;
        Problem(place, trap);
        return scalar.Value;
    }

    private void Problem(Place place, string message) =>
        _problems.Add(PipelineProblem.At(place, message) with { Config = _config });

    private static Place PlaceOf(ParsingEvent parsing) => PlaceOf(parsing.Start, parsing.End);

    // Of what opens and never closes the parser names the place where it opens; of a block its start first, then the fault.
    private static Place PlaceOf(YamlException broken) =>
        broken.Message.Contains(" block ", StringComparison.Ordinal) ? PlaceOf(broken.End, broken.End) : PlaceOf(broken.Start, broken.End);

    // The parser knows only the start of the mapping.
    private Place FirstTab()
    {
        var line = (int)(_parser.Current?.End.Line ?? 1);
        foreach (var text in _text.Split('\n').Skip(line - 1))
        {
            var indent = text.Length - text.TrimStart(' ', '\t').Length;
            if (text.AsSpan(0, indent).IndexOf('\t') is >= 0 and var tab) return new(line, tab + 1, line, tab + 2);
            line++;
        }

        return _parser.Current is { } last ? PlaceOf(last) : Place.Start;
    }

    private static Place PlaceOf(Mark start, Mark end) =>
        new((int)Math.Max(1, start.Line), (int)Math.Max(1, start.Column), (int)Math.Max(1, end.Line), (int)Math.Max(1, end.Column));

    private static string Words(YamlException broken)
    {
        var words = broken.Message;
        var colon = words.LastIndexOf("): ", StringComparison.Ordinal);
        return colon < 0 ? words : words[(colon + 3)..];
    }
}
