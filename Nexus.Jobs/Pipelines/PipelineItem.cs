namespace Nexus.Jobs.Pipelines;

/// <summary>A pipeline in a list.</summary>
public sealed record PipelineItem(string Name, string Description, int Revision, int Runs, DateTimeOffset CreatedAt, string CreatedBy);
