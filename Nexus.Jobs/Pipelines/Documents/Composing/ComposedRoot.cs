namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>A document with its configs merged into it.</summary>
/// <param name="Packages">Keys of the root that configs stand under.</param>
/// <param name="Configs">In the order of merging.</param>
internal sealed record ComposedRoot(DocumentNode Root, IReadOnlyCollection<string> Packages, IReadOnlyList<UsedConfig> Configs);
