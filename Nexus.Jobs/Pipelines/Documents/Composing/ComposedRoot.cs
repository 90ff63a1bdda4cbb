namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>A document with its configs merged into it.</summary>
/// <param name="Packages">Keys of the root that configs stand under.</param>
/// <param name="Absent">Those of them whose config could not be had, which is a problem of its own.</param>
/// <param name="Configs">In the order of merging.</param>
internal sealed record ComposedRoot(DocumentNode Root, IReadOnlyCollection<string> Packages, IReadOnlyCollection<string> Absent, IReadOnlyList<UsedConfig> Configs);
