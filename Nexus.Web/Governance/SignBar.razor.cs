using Microsoft.AspNetCore.Components;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Governance;

/// <summary>At the foot of an approval, always in sight: sign, reject, or why one cannot.</summary>
public sealed partial class SignBar : ComponentBase
{
    private string _comment = "";
    private bool _busy;

    [Parameter, EditorRequired] public ApprovalView Approval { get; set; } = null!;
    [Parameter] public Actor? Actor { get; set; }

    /// <summary>It was decided, or has lapsed in the attempt.</summary>
    [Parameter] public EventCallback Signed { get; set; }
    [Inject] public required ApprovalService Approvals { get; init; }
    [Inject] public required Notices Notices { get; init; }

    /// <summary>Why this person cannot sign now; null where they can.</summary>
    private string? Why => Approval.State switch
    {
        ApprovalState.Approved => $"{Approval.DecidedBy} has approved it; {Approval.Change.Model} {Approval.Change.Version} went into {Approval.Change.To}.",
        ApprovalState.Rejected => $"{Approval.DecidedBy} has rejected it: “{Approval.Comment}”",
        ApprovalState.Lapsed => "It has lapsed: what was to be approved has changed since it was shown.",
        ApprovalState.Expired => "It has expired: nobody decided within 72 hours.",
        _ when string.Equals(Actor?.Name, Approval.RequestedBy, StringComparison.OrdinalIgnoreCase) => "You asked for it, so somebody else has to sign.",
        _ when Actor?.Is(Role.Approver) != true => "Signing needs the role Approver, which you do not have.",
        _ => null,
    };

    private async Task SignAsync(bool approve)
    {
        _busy = true;
        try
        {
            var done = approve ? $"Signed: {Approval.Change.Model} {Approval.Change.Version} is in {Approval.Change.To}." : "Rejected.";
            await Notices.TryAsync(() => Approvals.DecideAsync(Approval.Id, new(approve, _comment.Trim()), Actor!, CancellationToken.None), done);
            await Signed.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
