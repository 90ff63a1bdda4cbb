namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <param name="Group">Names joined by slashes.</param>
internal sealed record ConfigText(string Group, string Name, int Revision, string Yaml)
{
    public string Path => $"{Group}/{Name}";

    public override string ToString() => $"{Path}@{Revision}";
}
