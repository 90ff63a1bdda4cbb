namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A step as the page draws it, as far as the text can be read.</summary>
/// <param name="Component">Null where none is named, or it is no component.</param>
public sealed record StepOutline(string Name, string? Component, int Line, int Column);
