namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A step as far as it could be read.</summary>
internal sealed record StepDraft(
    string Name,
    Place NamePlace,
    DocumentNode Node,
    IComponent? Component,
    string? ComponentName,
    IReadOnlyList<InputDraft> Inputs,
    DocumentNode? With);
