namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A step as the page draws it, as far as the text can be read.</summary>
/// <param name="Component">Null where none is named, or it is no component.</param>
/// <param name="Config">The config that it stands in; null for the pipeline's own text.</param>
/// <param name="About">Its dataset, trainer or model, where it names one.</param>
/// <param name="Problems">How many lie within it.</param>
public sealed record StepOutline(string Name, string? Component, int Line, int Column, string? Config = null, string? About = null, int Problems = 0);
