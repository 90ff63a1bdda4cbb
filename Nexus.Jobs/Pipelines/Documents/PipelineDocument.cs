namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A document composed, interpolated and checked: what runs.</summary>
/// <param name="Steps">In the order of execution: inputs first, else as in the text.</param>
/// <param name="Composed">Canonical JSON.</param>
/// <param name="Digest">SHA-256 of it.</param>
/// <param name="Origins">Of each leaf of <paramref name="Composed"/>, by its path.</param>
/// <param name="Configs">What it was composed of, in the order of merging.</param>
public sealed record PipelineDocument(
    string? Name, string Description, IReadOnlyList<PipelineStep> Steps, string Composed, string Digest,
    IReadOnlyDictionary<string, ValueOrigin> Origins, IReadOnlyList<UsedConfig> Configs);
