namespace Nexus.Data.Pipelines.Filters;

/// <param name="Name">Of an attribute: its name; else the key of the parameter, metric or tag.</param>
internal sealed record FilterField(FilterFieldKind Kind, string Name)
{
    /// <summary>Attribute → whether it holds a number, a time, a duration or a text.</summary>
    public static readonly IReadOnlyDictionary<string, FilterValueKind> Attributes = new Dictionary<string, FilterValueKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["pipeline"] = FilterValueKind.Text,
        ["status"] = FilterValueKind.Status,
        ["created"] = FilterValueKind.Time,
        ["started"] = FilterValueKind.Time,
        ["ended"] = FilterValueKind.Time,
        ["duration"] = FilterValueKind.Duration,
        ["by"] = FilterValueKind.Text,
        ["trigger"] = FilterValueKind.Text,
        ["number"] = FilterValueKind.Number,
        ["revision"] = FilterValueKind.Number,
        ["model"] = FilterValueKind.Text,
        ["version"] = FilterValueKind.Number,
        ["sweep"] = FilterValueKind.Number,
        ["note"] = FilterValueKind.Text,
        ["error"] = FilterValueKind.Text,
    };

    /// <exception cref="RefusedException">Invalid, with the column and the nearest field.</exception>
    public static FilterField From(FilterToken token, RunKeys known)
    {
        if (Attributes.ContainsKey(token.Text)) return new(FilterFieldKind.Attribute, token.Text.ToLowerInvariant());
        var dot = token.Text.IndexOf('.', StringComparison.Ordinal);
        var (head, key) = dot > 0 ? (token.Text[..dot].ToLowerInvariant(), token.Text[(dot + 1)..]) : ("", "");
        FilterField? field = head switch
        {
            "params" or "param" => new(FilterFieldKind.Param, key),
            "metrics" or "metric" => new(FilterFieldKind.Metric, key),
            "tags" or "tag" => new(FilterFieldKind.Tag, key),
            _ => null,
        };
        if (field is null) throw Unknown(token, $"there is no field '{token.Text}'", [.. Attributes.Keys, .. known.Names], "params.KEY, metrics.KEY, tags.KEY, " + string.Join(", ", Attributes.Keys));
        return field;
    }

    /// <summary>Refuses a key that no run has, unless no run has any of its kind: then nothing is misspelt.</summary>
    /// <param name="has">Whether any run has it; asked where it is none of the known ones, which may be but the first.</param>
    /// <exception cref="RefusedException">Invalid, with the column and the nearest key.</exception>
    public async Task CheckAsync(FilterToken token, RunKeys known, Func<FilterField, Task<bool>> has)
    {
        if (Kind == FilterFieldKind.Attribute) return;
        var keys = Kind switch { FilterFieldKind.Param => known.Params, FilterFieldKind.Metric => known.Metrics, _ => known.Tags };
        if (keys.Count > 0 && !keys.Contains(Name) && !await has(this)) throw Unknown(token, $"no run has the {Kind.ToString().ToLowerInvariant()} '{Name}'", keys, string.Join(", ", keys.Take(8)));
    }

    private static RefusedException Unknown(FilterToken token, string what, IEnumerable<string> known, string list)
    {
        var dotted = token.Text.Contains('.', StringComparison.Ordinal);
        var nearest = NearestWord.Among(token.Text, known)
            ?? (dotted ? NearestWord.Among(token.Text[(token.Text.IndexOf('.', StringComparison.Ordinal) + 1)..], known) : null)
            ?? known.FirstOrDefault(key => key.EndsWith('.' + token.Text[(token.Text.LastIndexOf('.') + 1)..], StringComparison.OrdinalIgnoreCase));
        return Refused.InvalidAt(1, token.Column, $"Column {token.Column}: {what}. " + (nearest is null ? $"Known: {list}." : $"Did you mean '{nearest}'?"));
    }
}
