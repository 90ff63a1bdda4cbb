namespace Nexus.Web.Registry;

/// <param name="ApprovalId">The approval that a person has to decide first.</param>
internal sealed record TransitionResponse(Guid ApprovalId);
