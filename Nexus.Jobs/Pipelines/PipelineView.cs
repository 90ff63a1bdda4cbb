namespace Nexus.Jobs.Pipelines;

/// <summary>A pipeline with its newest text.</summary>
/// <param name="Runs">How many there have been.</param>
public sealed record PipelineView(
    string Name, string Description, int Revision, int Runs, string Yaml, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy);
