namespace Nexus.Data.Pipelines;

/// <summary>What a list of runs is ordered by.</summary>
internal sealed record RunSort(string Field, string Key, bool Descending)
{
    public static readonly RunSort Newest = new("created", "", true);

    /// <exception cref="RefusedException">Invalid, where there is nothing of that name to order by.</exception>
    public static RunSort From(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Newest;
        var descending = text.StartsWith('-');
        var name = text.TrimStart('-').Trim();
        if (name.Length <= 300)
        {
            if (name is "created" or "duration") return new(name, "", descending);
            if (name.StartsWith("metrics.", StringComparison.Ordinal)) return new("metric", name["metrics.".Length..], descending);
            if (name.StartsWith("params.", StringComparison.Ordinal)) return new("param", name["params.".Length..], descending);
        }

        throw Refused.Invalid("sort", "sort is created, duration, metrics.KEY or params.KEY, with a minus before it where the largest come first.");
    }
}
