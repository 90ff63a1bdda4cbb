namespace Nexus.Jobs.Pipelines.Documents;

/// <param name="Name">The component's input.</param>
/// <param name="From">The step that it is bound to.</param>
/// <param name="Node">Where that is written.</param>
internal sealed record InputDraft(string Name, Place NamePlace, string From, DocumentNode Node);
