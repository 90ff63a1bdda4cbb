namespace Nexus.Jobs.Pipelines.Documents;

/// <param name="Markdown">One or two sentences.</param>
public sealed record HoverText(Place Place, string Markdown);
