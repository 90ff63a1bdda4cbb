namespace Nexus.Data.Feedback;

/// <summary>One item of feedback as a page lists it.</summary>
/// <param name="Value">As text.</param>
/// <param name="Answered">What the decision had answered; null for a regression.</param>
/// <param name="JoinedAt">When it met its decision.</param>
public sealed record FeedbackView(
    Guid Id, Guid DecisionId, string Kind, string Value, DateTimeOffset At, string Source, bool Superseded, DateTimeOffset JoinedAt, string? Answered);
