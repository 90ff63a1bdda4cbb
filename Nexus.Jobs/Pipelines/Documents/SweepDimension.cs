namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>One setting that a sweep varies.</summary>
/// <param name="Path">As the override has it, its mark (<c>+</c>, <c>++</c>) included: <c>train.params.leaves</c>.</param>
/// <param name="Choices">The values in order, each as an override has it (<c>Path=choice</c> is one run's override); null for an interval.</param>
/// <param name="Interval">Null for choices.</param>
public sealed record SweepDimension(string Path, IReadOnlyList<string>? Choices, SweepInterval? Interval);
