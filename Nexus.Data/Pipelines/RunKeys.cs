using Nexus.Data.Pipelines.Filters;

namespace Nexus.Data.Pipelines;

/// <summary>What runs can be filtered and ordered by.</summary>
public sealed record RunKeys(IReadOnlyList<string> Params, IReadOnlyList<string> Metrics, IReadOnlyList<string> Tags)
{
    /// <summary>As the filter writes them.</summary>
    public IEnumerable<string> Names =>
        [.. Metrics.Select(key => FilterText.Field($"metrics.{key}")), .. Params.Select(key => FilterText.Field($"params.{key}")), .. Tags.Select(key => FilterText.Field($"tags.{key}"))];
}
