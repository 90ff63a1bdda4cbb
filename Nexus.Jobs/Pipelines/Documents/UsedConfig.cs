namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A config that a document was composed of.</summary>
/// <param name="Path"><c>data/elec2</c>.</param>
public sealed record UsedConfig(string Path, int Revision)
{
    public override string ToString() => $"{Path}@{Revision}";
}
