using System.Text;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>
/// Cuts what stands behind the equals sign into tokens, by the rules of Hydra's override grammar: unquoted texts may hold
/// <c>/ - \ + . $ % * @ ? |</c>, a colon and inner spaces; <c>\ ( ) [ ] { } : = ,</c>, space and tab are made plain by a backslash.
/// </summary>
internal sealed class OverrideLexer(string text, int start)
{
    private const string Escapable = "\\()[]{}:=, \t";
    private readonly List<OverrideToken> _tokens = [];
    private int _at = start;

    /// <exception cref="OverrideFault">A quote or interpolation that does not close, or a character that needs quotes.</exception>
    public static IReadOnlyList<OverrideToken> Read(string text, int start)
    {
        var lexer = new OverrideLexer(text, start);
        while (lexer._at < text.Length) lexer.Next();
        lexer._tokens.Add(new(OverrideTokenKind.End, "", text.Length + 1, text.Length + 2));
        return lexer._tokens;
    }

    public static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '_' or '/' or '-' or '\\' or '+' or '.' or '$' or '%' or '*' or '@' or '?' or '|';

    private void Next()
    {
        var c = text[_at];
        if (Punctuation(c) is { } kind) Add(kind, c.ToString(), 1);
        else if (c is ' ' or '\t') Add(OverrideTokenKind.Space, Run(x => x is ' ' or '\t'));
        else if (c is '"' or '\'') Quoted(c);
        else if (c == '$' && Follows("${")) Interpolation();
        else if (c == '\\' && _at + 1 < text.Length && Escapable.Contains(text[_at + 1], StringComparison.Ordinal)) Add(OverrideTokenKind.Escape, text[_at + 1].ToString(), 2);
        else if (IsPlain(c)) Word();
        else throw new OverrideFault(_at + 1, char.IsControl(c) ? "A text with line breaks or control characters needs quotes." : $"A text with '{c}' needs quotes.");
    }

    private static OverrideTokenKind? Punctuation(char c) => c switch
    {
        ',' => OverrideTokenKind.Comma,
        ':' => OverrideTokenKind.Colon,
        '=' => OverrideTokenKind.Equals,
        '(' => OverrideTokenKind.Open,
        ')' => OverrideTokenKind.Close,
        '[' => OverrideTokenKind.ListOpen,
        ']' => OverrideTokenKind.ListClose,
        '{' => OverrideTokenKind.MapOpen,
        '}' => OverrideTokenKind.MapClose,
        _ => null,
    };

    private void Word()
    {
        var end = _at;
        while (end < text.Length && IsPlain(text[end]))
        {
            if (text[end] == '$' && end + 1 < text.Length && text[end + 1] == '{') break;
            if (text[end] == '\\' && end + 1 < text.Length && Escapable.Contains(text[end + 1], StringComparison.Ordinal)) break;
            end++;
        }

        Add(OverrideTokenKind.Word, text[_at..end]);
    }

    // A backslash means itself but in a run of them before a quote, where each pair is one and an odd one makes the quote plain.
    private void Quoted(char quote)
    {
        var (value, at) = (new StringBuilder(), _at + 1);
        while (at < text.Length)
        {
            var slashes = 0;
            while (at < text.Length && text[at] == '\\') (slashes, at) = (slashes + 1, at + 1);
            if (at >= text.Length) break;
            var isQuote = text[at] == quote;
            value.Append('\\', isQuote ? slashes / 2 : slashes);
            if (isQuote && slashes % 2 == 0)
            {
                Add(OverrideTokenKind.Quoted, value.ToString(), at + 1 - _at);
                return;
            }

            value.Append(text[at++]);
        }

        throw new OverrideFault(_at + 1, $"The text that opens here with {quote} does not close.");
    }

    private void Interpolation()
    {
        var depth = 0;
        for (var at = _at; at < text.Length; at++)
        {
            if (text[at] == '{') depth++;
            else if (text[at] == '}' && --depth == 0)
            {
                Add(OverrideTokenKind.Interpolation, text[_at..(at + 1)]);
                return;
            }
        }

        throw new OverrideFault(_at + 1, "The interpolation that opens here does not close; it has the form ${path}.");
    }

    private bool Follows(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private string Run(Func<char, bool> belongs)
    {
        var end = _at;
        while (end < text.Length && belongs(text[end])) end++;
        return text[_at..end];
    }

    private void Add(OverrideTokenKind kind, string value) => Add(kind, value, value.Length);

    private void Add(OverrideTokenKind kind, string value, int length)
    {
        _tokens.Add(new(kind, value, _at + 1, _at + length + 1));
        _at += length;
    }
}
