namespace Nexus.Data.Pipelines;

/// <summary>Which runs a list shows, and in which order; null means any.</summary>
/// <param name="Text">In the language of <see cref="Filters.RunFilterParser"/>: <c>metrics.auc > 0.8 and params.train.params.leaves = 31</c>.</param>
/// <param name="Sort"><c>created</c>, <c>duration</c>, <c>metrics.KEY</c> or <c>params.KEY</c>; a minus before it puts the largest first. Null: the newest first.</param>
public sealed record RunFilter(string? Pipeline = null, RunStatus? Status = null, string? Text = null, string? Sort = null);
