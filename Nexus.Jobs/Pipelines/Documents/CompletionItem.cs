namespace Nexus.Jobs.Pipelines.Documents;

/// <param name="Label">What the list shows.</param>
/// <param name="Insert">What is written in place of <paramref name="Replace"/>.</param>
/// <param name="Kind">key, value or step.</param>
/// <param name="Detail">Its type or component; short.</param>
/// <param name="Documentation">A sentence.</param>
/// <param name="Replace">The word under the cursor.</param>
public sealed record CompletionItem(string Label, string Insert, string Kind, string? Detail, string? Documentation, Place Replace);
