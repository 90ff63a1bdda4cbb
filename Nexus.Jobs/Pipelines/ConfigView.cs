namespace Nexus.Jobs.Pipelines;

/// <summary>A config with one of its texts.</summary>
/// <param name="Newest">The number of its newest revision.</param>
/// <param name="Digest">SHA-256 of the text.</param>
/// <param name="UsedBy">What is composed of it now: <c>pipeline/elec2</c>, <c>config/training/fast</c>; at most 100.</param>
public sealed record ConfigView(
    string Path, string Group, string Name, int Revision, int Newest, string Yaml, string Digest,
    IReadOnlyList<string> UsedBy, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy);
