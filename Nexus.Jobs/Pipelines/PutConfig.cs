namespace Nexus.Jobs.Pipelines;

/// <param name="Created">Whether the config is new.</param>
public sealed record PutConfig(string Path, int Revision, bool Created);
