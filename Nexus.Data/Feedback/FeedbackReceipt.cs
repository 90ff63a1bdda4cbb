namespace Nexus.Data.Feedback;

/// <param name="Accepted">Items that are stored now, repeats of stored ones included.</param>
public sealed record FeedbackReceipt(int Accepted, IReadOnlyList<FeedbackRejection> Rejected);
