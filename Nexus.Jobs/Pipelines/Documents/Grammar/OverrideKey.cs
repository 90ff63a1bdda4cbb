namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>What stands before the equals sign.</summary>
/// <param name="Path"><c>train.params.leaves</c>, or a group: <c>training</c>, <c>training/gpu</c>.</param>
/// <param name="Package">Of <c>group@package</c>; null without.</param>
internal sealed record OverrideKey(string Path, string? Package, int Column, int End)
{
    public string[] Segments => Path.Split('.');

    public bool IsGroupPath => Path.Contains('/', StringComparison.Ordinal);

    public override string ToString() => Package is null ? Path : $"{Path}@{Package}";
}
