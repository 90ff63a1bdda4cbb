namespace Nexus.Web.Pipelines;

/// <param name="Note">Markdown; absent leaves it.</param>
/// <param name="Tags">All of them; absent leaves them.</param>
internal sealed record EditRunRequest(string? Note = null, IReadOnlyDictionary<string, string>? Tags = null);
