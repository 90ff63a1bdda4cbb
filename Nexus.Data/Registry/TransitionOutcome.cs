namespace Nexus.Data.Registry;

/// <summary>What became of a transition that was asked for.</summary>
/// <param name="ApprovalId">Set where a person has to approve first; otherwise it is done.</param>
public sealed record TransitionOutcome(Guid? ApprovalId);
