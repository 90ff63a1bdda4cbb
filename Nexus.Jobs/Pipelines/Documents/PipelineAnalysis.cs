namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What an editor shows of a text: problems at their places, the graph, and the document where nothing is wrong.</summary>
/// <param name="Steps">In the order of execution where there is one, else as in the text.</param>
/// <param name="Document">Null while there are problems.</param>
/// <param name="Composed">The document as far as it composes, as YAML with the origin of each value.</param>
/// <param name="Space">What the overrides span.</param>
/// <param name="Sound">Nothing is wrong but that values are still to be given: it can be saved.</param>
public sealed record PipelineAnalysis(
    IReadOnlyList<PipelineProblem> Problems, IReadOnlyList<StepOutline> Steps, IReadOnlyList<EdgeOutline> Edges, PipelineDocument? Document,
    IReadOnlyList<ComposedLine> Composed, SweepSpace Space, bool Sound);
