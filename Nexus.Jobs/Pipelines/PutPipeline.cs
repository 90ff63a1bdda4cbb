namespace Nexus.Jobs.Pipelines;

/// <param name="Created">Whether the pipeline is new.</param>
public sealed record PutPipeline(string Name, int Revision, bool Created);
