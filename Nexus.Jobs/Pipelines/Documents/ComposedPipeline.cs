namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A pipeline composed as a run of it would be, without a run.</summary>
/// <param name="Lines">The document as YAML, each line with its origin.</param>
/// <param name="Space">What the overrides span. Where they span several, the document is composed with the first value of each.</param>
public sealed record ComposedPipeline(PipelineDocument Document, IReadOnlyList<ComposedLine> Lines, SweepSpace Space)
{
    public string Yaml => string.Concat(Lines.Select(l => l.Text + "\n"));
}
