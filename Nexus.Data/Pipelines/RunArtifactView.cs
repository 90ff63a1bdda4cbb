namespace Nexus.Data.Pipelines;

/// <param name="Path"><c>train/model</c>: the step and the name of the blob within its output.</param>
public sealed record RunArtifactView(string Path, string Digest, long Bytes);
