namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>An interpolation cannot be read or resolved; caught where the text is resolved.</summary>
/// <param name="word">What the suggestion replaces.</param>
internal sealed class InterpolationFault(string message, string? suggested = null, string? word = null) : Exception(message)
{
    public string? Suggested { get; } = suggested;
    public string? Word { get; } = word;

    /// <summary>It only follows from another problem.</summary>
    public bool Known { get; init; }

    /// <summary>A value that is still to be given.</summary>
    public bool Mandatory { get; init; }
}
