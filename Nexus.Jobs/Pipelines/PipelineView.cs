namespace Nexus.Jobs.Pipelines;

/// <summary>A pipeline with one of its texts.</summary>
/// <param name="Newest">The number of its newest revision.</param>
/// <param name="Runs">How many there have been.</param>
public sealed record PipelineView(
    string Name, string Description, int Revision, int Newest, int Runs, string Yaml, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy);
