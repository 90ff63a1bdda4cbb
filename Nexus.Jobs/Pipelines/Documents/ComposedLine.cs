namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A line of a composed document as YAML.</summary>
/// <param name="Path">Of what begins in it.</param>
/// <param name="Origin">Null where the line only opens a mapping or list.</param>
public sealed record ComposedLine(string Text, string Path, ValueOrigin? Origin);
