using System.Text;
using System.Text.RegularExpressions;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Reads <c>${a.b}</c>, <c>${.x}</c>, <c>${a.${b}}</c>, <c>${env:NAME,default}</c> within a text; <c>\${</c> stays <c>${</c>.</summary>
internal sealed partial class InterpolationText
{
    private const int MaxDepth = 16;
    private readonly string _text;
    private int _at;

    private InterpolationText(string text) => _text = text;

    /// <exception cref="InterpolationFault">Where it does not close, or holds nothing.</exception>
    public static IReadOnlyList<TextPart> Parse(string text) => new InterpolationText(text).Parts(0, inside: false);

    private List<TextPart> Parts(int depth, bool inside)
    {
        var (parts, plain) = (new List<TextPart>(), new StringBuilder());
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (inside && c is '}' or ',') break;
            if (inside && c is '{' or '$' && !Opens(_at)) throw Form();
            if (c == '\\' && Escape(plain)) continue;
            if (Opens(_at))
            {
                if (plain.Length > 0) parts.Add(new PlainPart(plain.ToString()));
                plain.Clear();
                parts.Add(Reference(depth + 1));
            }
            else if (inside && c is '"' or '\'' && parts.Count == 0 && IsBlank(plain))
            {
                parts.Add(Quoted(c));
                plain.Clear();
            }
            else
            {
                plain.Append(c);
                _at++;
            }
        }

        if (plain.Length > 0 && !(inside && parts is [PlainPart { Quoted: true }] && string.IsNullOrWhiteSpace(plain.ToString()))) parts.Add(new PlainPart(plain.ToString()));
        return parts;
    }

    // Asked at every quote: it looks no further than the first character that shows.
    private static bool IsBlank(StringBuilder plain)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (!char.IsWhiteSpace(plain[i])) return false;
        }

        return true;
    }

    // Backslashes count only before what would open: each pair is one, an odd one makes it plain.
    private bool Escape(StringBuilder plain)
    {
        var end = _at;
        while (end < _text.Length && _text[end] == '\\') end++;
        if (!Opens(end)) return false;
        var slashes = end - _at;
        plain.Append('\\', slashes / 2);
        _at = end;
        if (slashes % 2 == 0) return true;
        plain.Append("${");
        _at += 2;
        return true;
    }

    private ReferencePart Reference(int depth)
    {
        if (depth > MaxDepth) throw new InterpolationFault($"Interpolations nest at most {MaxDepth} deep.");
        var start = _at;
        _at += 2;
        var resolver = Resolver().Match(_text, _at);
        if (resolver.Success) _at += resolver.Length;
        var arguments = new List<IReadOnlyList<TextPart>>();
        while (true)
        {
            arguments.Add(Parts(depth, inside: true));
            if (_at >= _text.Length) throw Form();
            if (_text[_at++] == '}') break;
            if (!resolver.Success) throw Form();
        }

        if (arguments is [[]] || arguments is [[PlainPart { Quoted: true }]] && !resolver.Success) throw Form();
        return new(_text[start.._at], resolver.Success ? resolver.Groups[1].Value : null, arguments);
    }

    private PlainPart Quoted(char quote)
    {
        var end = _text.IndexOf(quote, _at + 1);
        if (end < 0) throw Form();
        var text = _text[(_at + 1)..end];
        _at = end + 1;
        return new(text, true);
    }

    private bool Opens(int at) => at + 1 < _text.Length && _text[at] == '$' && _text[at + 1] == '{';

    private static InterpolationFault Form() => new("An interpolation has the form ${path}; write \\${ for the characters themselves.");

    [GeneratedRegex(@"\G\s*([A-Za-z_][A-Za-z0-9_.]*)\s*:", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Resolver();
}
