namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What is wrong, and where.</summary>
/// <param name="Suggestion">What to write instead, where there is something near.</param>
/// <param name="Override">The override at fault; line and column are then the override's own.</param>
/// <param name="Config">The config at fault, as <c>data/elec2@3</c>; line and column are then that text's.</param>
/// <param name="Word">What the suggestion replaces, where it is less than the stretch.</param>
/// <param name="Mandatory">A value that is still to be given (<c>???</c>): no mistake, but nothing runs without.</param>
public sealed record PipelineProblem(
    int Line, int Column, int EndLine, int EndColumn, string Message, string? Suggestion = null, string? Override = null,
    string? Config = null, string? Word = null, bool Mandatory = false)
{
    /// <summary>Message and suggestion in one sentence or two.</summary>
    public string Text => Suggestion is null ? Message : $"{Message} Did you mean '{Suggestion}'?";

    /// <summary>Whether it stands in the pipeline's own text.</summary>
    public bool IsHere => Override is null && Config is null;

    internal static PipelineProblem At(Place place, string message, string? suggestion = null) =>
        new(place.Line, place.Column, place.EndLine, place.EndColumn, message, suggestion);

    internal static PipelineProblem At(DocumentNode node, string message, string? suggestion = null) => At(node.Place, node, message, suggestion);

    /// <param name="place">Within what <paramref name="within"/> stands in: the place of its key, say.</param>
    internal static PipelineProblem At(Place place, DocumentNode within, string message, string? suggestion = null) =>
        At(place, message, suggestion) with { Override = within.Override, Config = within.Config };

    internal static PipelineProblem In(string @override, string message, string? suggestion = null, int column = 1) =>
        At(new Place(1, column, 1, column + 1), message, suggestion) with { Override = @override };
}
