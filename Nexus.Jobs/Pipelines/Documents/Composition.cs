namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What became of a text: as much as could be read, and the document where nothing is wrong.</summary>
internal sealed record Composition(
    DocumentNode? Written, DocumentNode? Resolved, IReadOnlyList<StepDraft> Steps, IReadOnlyList<PipelineProblem> Problems, PipelineDocument? Document);
