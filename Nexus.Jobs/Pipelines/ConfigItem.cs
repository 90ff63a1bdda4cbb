namespace Nexus.Jobs.Pipelines;

/// <summary>A config in a list.</summary>
/// <param name="Path"><c>data/elec2</c>: its group and name.</param>
/// <param name="UsedBy">How many pipelines and configs are composed of it now.</param>
public sealed record ConfigItem(string Path, string Group, string Name, int Revision, int UsedBy, DateTimeOffset CreatedAt, string CreatedBy);
