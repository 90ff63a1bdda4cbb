namespace Nexus.Data.Pipelines;

/// <summary>What a list reads of each run beside its summary: keys of parameters, metrics that are no results, and tags.</summary>
public sealed record RunColumns(IReadOnlyList<string> Params, IReadOnlyList<string> Metrics, IReadOnlyList<string> Tags)
{
    public const int Max = 40;
    public static readonly RunColumns None = new([], [], []);

    /// <summary>From names as the filter has them: <c>params.train.params.leaves</c>, <c>metrics.auc</c>, <c>tags.team</c>; others are the summary's.</summary>
    /// <exception cref="RefusedException">Invalid, where there are too many.</exception>
    public static RunColumns Of(IReadOnlyCollection<string> names)
    {
        if (names.Count > Max) throw Refused.Invalid("columns", $"A list has at most {Max} columns.");
        return new(Keys("params."), Keys("metrics."), Keys("tags."));

        string[] Keys(string kind) => [.. names.Where(name => name.StartsWith(kind, StringComparison.Ordinal)).Select(name => name[kind.Length..]).Distinct()];
    }
}
