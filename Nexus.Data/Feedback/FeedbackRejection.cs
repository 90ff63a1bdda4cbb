namespace Nexus.Data.Feedback;

/// <param name="Index">The item's place in the call, from 0.</param>
public sealed record FeedbackRejection(int Index, string Reason);
