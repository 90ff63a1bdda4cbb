namespace Nexus.Data.Pipelines.Filters;

/// <summary>
/// Reads a filter: comparisons joined by <c>and</c>, <c>or</c>, <c>not</c> and parentheses. A comparison names a field, an operator
/// (<c>= != &lt; &lt;= &gt; &gt;= like in</c>, <c>is null</c>) and a value; times may be relative (<c>created &gt; -7d</c>),
/// durations have units (<c>duration &lt; 5min</c>). <c>!=</c> holds for runs that have another value, <c>not … =</c> also for those
/// that have none.
/// </summary>
internal sealed class RunFilterParser
{
    private const int MaxLength = 2000;
    private const int MaxComparisons = 40;
    private const int MaxDepth = 20;
    private readonly List<FilterToken> _tokens;
    private readonly RunKeys _known;
    private readonly List<(FilterToken Token, FilterField Field)> _fields = [];
    private int _at;
    private int _comparisons;
    private int _depth;

    private RunFilterParser(List<FilterToken> tokens, RunKeys known) => (_tokens, _known) = (tokens, known);

    private FilterToken Now => _tokens[_at];

    /// <param name="has">Whether any run has a key that is none of the known ones.</param>
    /// <returns>Null for a text of nothing.</returns>
    /// <exception cref="RefusedException">Invalid, with line 1 and the column.</exception>
    public static async Task<FilterNode?> ParseAsync(string? text, RunKeys known, Func<FilterField, Task<bool>> has)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > MaxLength) throw Refused.Invalid("filter", $"A filter has at most {MaxLength} characters.");
        var parser = new RunFilterParser(FilterLexer.Read(text), known);
        var node = parser.Or();
        if (parser.Now.Kind != FilterTokenKind.End) throw Error(parser.Now, $"'{parser.Now.Text}' is not expected here; comparisons are joined by and, or");
        foreach (var (token, field) in parser._fields.DistinctBy(pair => pair.Field)) await field.CheckAsync(token, known, has);
        return node;
    }

    private static RefusedException Error(FilterToken at, string why) => Refused.InvalidAt(1, at.Column, $"Column {at.Column}: {why}.");

    private FilterNode Or()
    {
        var left = And();
        while (Accept("or")) left = new FilterNode.Or(left, And());
        return left;
    }

    private FilterNode And()
    {
        var left = Not();
        while (Accept("and")) left = new FilterNode.And(left, Not());
        return left;
    }

    private FilterNode Not()
    {
        if (++_depth > MaxDepth) throw Error(Now, $"at most {MaxDepth} levels of not and parentheses");
        var node = Accept("not") ? new FilterNode.Not(Not()) : Primary();
        _depth--;
        return node;
    }

    private FilterNode Primary()
    {
        if (Now.Kind != FilterTokenKind.Open) return Comparison();
        var open = Now;
        _at++;
        var node = Or();
        if (Now.Kind != FilterTokenKind.Close) throw Error(open, "this parenthesis is not closed");
        _at++;
        return node;
    }

    private FilterNode.Compare Comparison()
    {
        var token = Now;
        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted)) throw Error(token, token.Kind == FilterTokenKind.End ? "the filter ends where a field should stand" : $"a field should stand here, not '{token.Text}'");
        if (++_comparisons > MaxComparisons) throw Error(token, $"at most {MaxComparisons} comparisons");
        var field = FilterField.From(token, _known);
        _fields.Add((token, field));
        _at++;
        if (Accept("is"))
        {
            var negated = Accept("not");
            if (!Accept("null")) throw Error(Now, "after 'is' comes 'null' or 'not null'");
            return new(field, negated ? FilterOperator.NotEqual : FilterOperator.IsNull, [], token.Column);
        }

        var operation = Operator();
        return new(field, operation, operation == FilterOperator.In ? List() : [Value()], token.Column);
    }

    private FilterOperator Operator()
    {
        var token = Now;
        FilterOperator? found = token switch
        {
            { Kind: FilterTokenKind.Operator, Text: "=" or "==" } => FilterOperator.Equal,
            { Kind: FilterTokenKind.Operator, Text: "!=" or "<>" } => FilterOperator.NotEqual,
            { Kind: FilterTokenKind.Operator, Text: "<" } => FilterOperator.Less,
            { Kind: FilterTokenKind.Operator, Text: "<=" } => FilterOperator.LessOrEqual,
            { Kind: FilterTokenKind.Operator, Text: ">" } => FilterOperator.Greater,
            { Kind: FilterTokenKind.Operator, Text: ">=" } => FilterOperator.GreaterOrEqual,
            _ when token.Is("like") => FilterOperator.Like,
            _ when token.Is("in") => FilterOperator.In,
            _ => null,
        };
        _at++;
        return found ?? throw Error(token, "an operator should stand here: =, !=, <, <=, >, >=, like, in, is null");
    }

    private List<FilterValue> List()
    {
        if (Now.Kind != FilterTokenKind.Open) throw Error(Now, "after 'in' comes a list in parentheses");
        _at++;
        var values = new List<FilterValue> { Value() };
        while (Now.Kind == FilterTokenKind.Comma && values.Count < 100)
        {
            _at++;
            values.Add(Value());
        }

        if (Now.Kind != FilterTokenKind.Close) throw Error(Now, "the list is not closed, or too long");
        _at++;
        return values;
    }

    private FilterValue Value()
    {
        var token = Now;
        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted)) throw Error(token, "a value should stand here");
        _at++;
        return new(token.Text, token.Kind == FilterTokenKind.Quoted, token.Column);
    }

    private bool Accept(string word)
    {
        if (!Now.Is(word)) return false;
        _at++;
        return true;
    }
}
