namespace Nexus.Jobs.Pipelines;

/// <summary>One text of a pipeline, in the list of its texts.</summary>
public sealed record PipelineRevisionItem(int Revision, string Digest, DateTimeOffset CreatedAt, string CreatedBy);
