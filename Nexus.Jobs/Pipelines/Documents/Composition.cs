namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What became of a text: as much as could be read, and the document where nothing is wrong.</summary>
/// <param name="Written">The text itself, before its defaults and overrides.</param>
/// <param name="Unreadable">The first of the mistakes in the YAML itself: what else seems wrong may only follow from it.</param>
/// <param name="Configs">What its defaults chose.</param>
internal sealed record Composition(
    DocumentNode? Written, DocumentNode? Resolved, IReadOnlyList<StepDraft> Steps, IReadOnlyList<PipelineProblem> Problems,
    PipelineDocument? Document, PipelineProblem? Unreadable = null, IReadOnlyList<UsedConfig>? Configs = null)
{
    /// <summary>Nothing is wrong but that values are still to be given: such a text may be kept, though not run.</summary>
    public bool IsSound => Resolved is not null && Problems.All(p => p.Mandatory);
}
