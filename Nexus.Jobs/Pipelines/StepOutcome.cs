namespace Nexus.Jobs.Pipelines;

/// <summary>How a step ended: with an output, with an error for a person, or (neither) because the run was stopped.</summary>
internal sealed record StepOutcome(StepOutput? Output, string? Error = null);
