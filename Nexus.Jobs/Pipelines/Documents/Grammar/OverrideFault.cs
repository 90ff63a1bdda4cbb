namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>An override cannot be read; caught where overrides are read.</summary>
/// <param name="column">1-based, within the override.</param>
internal sealed class OverrideFault(int column, string message, string? suggested = null) : Exception(message)
{
    public int Column { get; } = column;
    public string? Suggested { get; } = suggested;

    public PipelineProblem In(string @override) => PipelineProblem.In(@override, Message, Suggested, Column);
}
