namespace Nexus.Web.Pipelines;

/// <param name="Query">The query string of the page of runs, without its question mark.</param>
internal sealed record PutViewRequest(string? Query);
