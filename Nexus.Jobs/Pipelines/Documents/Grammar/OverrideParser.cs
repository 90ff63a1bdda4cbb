using System.Text;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>
/// Reads one override: <c>key=value</c>, <c>+key=value</c>, <c>++key=value</c>, <c>~key</c>, where a value may be a text, a list,
/// a mapping, a function of such, or several separated by commas. Recursive descent over Hydra's override grammar.
/// </summary>
internal sealed class OverrideParser
{
    private const int MaxDepth = 32;
    private readonly string _text;
    private readonly IReadOnlyList<OverrideToken> _tokens;
    private int _at;
    private int _depth;

    private OverrideParser(string text, int start) => (_text, _tokens) = (text, OverrideLexer.Read(text, start));

    private OverrideToken Now => _tokens[_at];

    /// <exception cref="OverrideFault">With the column.</exception>
    public static ParsedOverride Parse(string text)
    {
        var mark = text.StartsWith("++", StringComparison.Ordinal) ? OverrideMark.Force
            : text.StartsWith('+') ? OverrideMark.Add
            : text.StartsWith('~') ? OverrideMark.Remove : OverrideMark.Set;
        var begin = mark switch { OverrideMark.Force => 2, OverrideMark.Set => 0, _ => 1 };
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var key = OverrideKeys.Read(text, begin, equals < 0 ? text.Length : equals);
        if (equals < 0)
        {
            return mark == OverrideMark.Remove
                ? new(text, mark, key, null)
                : throw new OverrideFault(text.Length + 1, "The override has no '='; write path=value, or ~path to take something away.");
        }

        return new(text, mark, key, new OverrideParser(text, equals + 1).ReadValue());
    }

    private OverrideTerm ReadValue()
    {
        SkipSpace();
        if (Now.Kind == OverrideTokenKind.End) return new ValueTerm(Now.Column, Scalar("", Now.Column, Now.Column));
        var first = ReadElement();
        if (Now.Kind == OverrideTokenKind.End) return first;
        var values = new List<OverrideTerm> { first };
        while (Now.Kind == OverrideTokenKind.Comma)
        {
            _at++;
            values.Add(ReadElement());
        }

        if (Now.Kind != OverrideTokenKind.End) throw Unexpected();
        return new ChoiceTerm(first.Column, [.. values.Select(v => OverrideFunctions.One(v, "several values"))]);
    }

    private OverrideTerm ReadElement()
    {
        if (++_depth > MaxDepth) throw new OverrideFault(Now.Column, $"Nested deeper than {MaxDepth} levels.");
        SkipSpace();
        OverrideTerm element = Now.Kind switch
        {
            OverrideTokenKind.ListOpen => ReadList(),
            OverrideTokenKind.MapOpen => ReadMap(),
            OverrideTokenKind.Word when IsFunction() => ReadFunction(),
            _ => ReadPrimitive(),
        };
        SkipSpace();
        _depth--;
        return element;
    }

    private ValueTerm ReadList()
    {
        var start = _tokens[_at++].Column;
        var items = new List<DocumentNode>();
        ReadItems(OverrideTokenKind.ListClose, () => items.Add(OverrideFunctions.One(ReadElement(), "a list")), start, ']');
        var list = Node(NodeKind.List, start, Now.End);
        list.Items.AddRange(items);
        _at++;
        return new(start, list);
    }

    private ValueTerm ReadMap()
    {
        var start = _tokens[_at++].Column;
        var members = new List<DocumentMember>();
        ReadItems(OverrideTokenKind.MapClose, () => members.Add(ReadMember(members)), start, '}');
        var map = Node(NodeKind.Map, start, Now.End);
        map.Members.AddRange(members);
        _at++;
        return new(start, map);
    }

    private DocumentMember ReadMember(List<DocumentMember> members)
    {
        SkipSpace();
        var from = _at;
        while (Now.Kind is OverrideTokenKind.Word or OverrideTokenKind.Escape or OverrideTokenKind.Space or OverrideTokenKind.Quoted) _at++;
        var name = string.Concat(_tokens.Skip(from).Take(_at - from).Select(t => t.Text)).Trim(' ', '\t');
        var column = _tokens[from].Column;
        if (_at == from || name.Length == 0) throw Unexpected("a key");
        if (Now.Kind != OverrideTokenKind.Colon) throw Unexpected("':' behind the key");
        if (members.Exists(m => m.Name == name)) throw new OverrideFault(column, $"The key '{name}' is there twice.");
        var place = new Place(1, column, 1, _tokens[_at - 1].End);
        _at++;
        return new(name, place, OverrideFunctions.One(ReadElement(), "a mapping"));
    }

    private void ReadItems(OverrideTokenKind close, Action item, int start, char closing)
    {
        SkipSpace();
        if (Now.Kind == close) return;
        while (true)
        {
            if (Now.Kind == OverrideTokenKind.End) throw Open(start, closing);
            item();
            if (Now.Kind == close) return;
            if (Now.Kind == OverrideTokenKind.End) throw Open(start, closing);
            if (Now.Kind != OverrideTokenKind.Comma) throw Unexpected($"',' or '{closing}'");
            _at++;
        }
    }

    private static OverrideFault Open(int start, char closing) => new(start, $"What opens here does not close: '{closing}' is missing.");

    private bool IsFunction()
    {
        var next = _at + 1;
        if (_tokens[next].Kind == OverrideTokenKind.Space) next++;
        return _tokens[next].Kind == OverrideTokenKind.Open && Now.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }

    private OverrideTerm ReadFunction()
    {
        var name = _tokens[_at++];
        SkipSpace();
        var start = _tokens[_at++].Column;
        var call = new OverrideCall(name.Text, name.Column, _text);
        ReadItems(OverrideTokenKind.Close, () => ReadArgument(call), start, ')');
        _at++;
        return OverrideFunctions.Call(call);
    }

    private void ReadArgument(OverrideCall call)
    {
        SkipSpace();
        if (Now.Kind == OverrideTokenKind.Word && _tokens[_at + 1].Kind == OverrideTokenKind.Equals)
        {
            var name = Now;
            _at += 2;
            call.Add(name.Text, name.Column, ReadElement());
        }
        else
        {
            call.Add(ReadElement());
        }
    }

    private ValueTerm ReadPrimitive()
    {
        if (Now.Kind == OverrideTokenKind.Quoted)
        {
            var quoted = _tokens[_at++];
            return new(quoted.Column, Scalar(quoted.Text, quoted.Column, quoted.End));
        }

        var from = _at;
        while (Now.Kind is OverrideTokenKind.Word or OverrideTokenKind.Escape or OverrideTokenKind.Space or OverrideTokenKind.Interpolation or OverrideTokenKind.Colon) _at++;
        var to = _at;
        while (to > from && _tokens[to - 1].Kind == OverrideTokenKind.Space) to--;
        if (to == from) throw Unexpected("a value");
        var (text, plain) = (new StringBuilder(), true);
        for (var i = from; i < to; i++)
        {
            text.Append(_tokens[i].Text);
            plain &= _tokens[i].Kind is OverrideTokenKind.Word or OverrideTokenKind.Colon;
        }

        var (column, end) = (_tokens[from].Column, _tokens[to - 1].End);
        var value = plain ? OverrideScalars.Read(text.ToString(), column) : text.ToString();
        return new(column, Scalar(value, column, end));
    }

    private void SkipSpace()
    {
        while (Now.Kind == OverrideTokenKind.Space) _at++;
    }

    private DocumentNode Node(NodeKind kind, int column, int end) => new(kind, new(1, column, 1, end)) { Override = _text };

    private DocumentNode Scalar(object? value, int column, int end) => new(NodeKind.Scalar, new(1, column, 1, end)) { Override = _text, Scalar = value };

    private OverrideFault Unexpected(string? wanted = null)
    {
        var found = Now.Kind == OverrideTokenKind.End ? "the override ends here" : $"here stands '{_text[(Now.Column - 1)..(Now.End - 1)]}'";
        var hint = Now.Kind is OverrideTokenKind.End or OverrideTokenKind.Comma ? "" : " A text that holds it needs quotes or a backslash.";
        return new(Now.Column, (wanted is null ? $"It should end here, but {found}." : $"There should be {wanted}, but {found}.") + hint);
    }
}
