namespace Nexus.Data.Feedback;

/// <summary>What can come back on a decision.</summary>
public static class FeedbackKinds
{
    public const string Label = "label";
    public const string Correction = "correction";
    public const string Rating = "rating";
    public const string Click = "click";
    public const string Session = "session";

    public static IReadOnlyList<string> All { get; } = [Label, Correction, Rating, Click, Session];

    /// <summary>Whether it tells the truth about a decision.</summary>
    public static bool IsTruth(string kind) => kind is Label or Correction;

    /// <summary>Whether a later one takes the place of the one before.</summary>
    public static bool Supersedes(string kind) => kind is Label or Correction or Rating;
}
