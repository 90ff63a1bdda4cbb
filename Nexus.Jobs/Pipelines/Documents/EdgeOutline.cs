namespace Nexus.Jobs.Pipelines.Documents;

/// <param name="Input">The name of the input at <paramref name="To"/>.</param>
public sealed record EdgeOutline(string From, string To, string Input);
