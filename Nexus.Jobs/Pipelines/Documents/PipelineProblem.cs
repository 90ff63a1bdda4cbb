namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What is wrong, and where.</summary>
/// <param name="Suggestion">What to write instead, where there is something near.</param>
/// <param name="Override">The override at fault; line and column are then the override's own.</param>
public sealed record PipelineProblem(
    int Line, int Column, int EndLine, int EndColumn, string Message, string? Suggestion = null, string? Override = null)
{
    /// <summary>Message and suggestion in one sentence or two.</summary>
    public string Text => Suggestion is null ? Message : $"{Message} Did you mean '{Suggestion}'?";

    internal static PipelineProblem At(Place place, string message, string? suggestion = null) =>
        new(place.Line, place.Column, place.EndLine, place.EndColumn, message, suggestion);

    internal static PipelineProblem At(DocumentNode node, string message, string? suggestion = null) =>
        At(node.Place, message, suggestion) with { Override = node.Override };

    internal static PipelineProblem In(string @override, string message, string? suggestion = null, int column = 1) =>
        At(new Place(1, column, 1, column + 1), message, suggestion) with { Override = @override };
}
