namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What became of a text: as much as could be read, and the document where nothing is wrong.</summary>
/// <param name="Unreadable">The first of the mistakes in the YAML itself: what else seems wrong may only follow from it.</param>
internal sealed record Composition(
    DocumentNode? Written, DocumentNode? Resolved, IReadOnlyList<StepDraft> Steps, IReadOnlyList<PipelineProblem> Problems,
    PipelineDocument? Document, PipelineProblem? Unreadable = null);
