using System.Text;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>
/// Words, quoted texts and operators. A word may hold quoted parts, for keys that are no words: <c>tags."my team"</c>.
/// </summary>
internal static class FilterLexer
{
    private const string Operators = "=!<>";

    /// <exception cref="RefusedException">Invalid, with the column.</exception>
    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) break;
            tokens.Add(Next(text, ref at));
        }

        tokens.Add(new(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static FilterToken Next(string text, ref int at)
    {
        var start = at;
        switch (text[at])
        {
            case '(':
                return new(FilterTokenKind.Open, text[at++].ToString(), start + 1);
            case ')':
                return new(FilterTokenKind.Close, text[at++].ToString(), start + 1);
            case ',':
                return new(FilterTokenKind.Comma, text[at++].ToString(), start + 1);
            case '\'' or '"' or '`':
                return new(FilterTokenKind.Quoted, Quoted(text, ref at), start + 1);
        }

        if (Operators.Contains(text[at]))
        {
            while (at < text.Length && Operators.Contains(text[at])) at++;
            return new(FilterTokenKind.Operator, text[start..at], start + 1);
        }

        var word = new StringBuilder();
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !"(),".Contains(text[at]) && !Operators.Contains(text[at]))
        {
            if (text[at] is '"' or '`' && word.Length > 0 && word[^1] == '.') word.Append(Quoted(text, ref at));
            else word.Append(text[at++]);
        }

        return new(FilterTokenKind.Word, word.ToString(), start + 1);
    }

    // The quote itself is written twice.
    private static string Quoted(string text, ref int at)
    {
        var (start, quote, inside) = (at, text[at++], new StringBuilder());
        while (at < text.Length)
        {
            if (text[at] != quote) inside.Append(text[at++]);
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                inside.Append(quote);
                at += 2;
            }
            else
            {
                at++;
                return inside.ToString();
            }
        }

        throw Refused.InvalidAt(1, start + 1, $"Column {start + 1}: this quote is not closed.");
    }
}
