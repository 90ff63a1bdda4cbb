namespace Nexus.Web.Registry;

/// <param name="Description">Markdown; absent leaves it.</param>
/// <param name="Tags">All of them; absent leaves them.</param>
internal sealed record DescribeRequest(string? Description, IReadOnlyDictionary<string, string>? Tags);
