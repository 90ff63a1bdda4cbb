using Microsoft.AspNetCore.Components;
using Nexus.Data.Governance;
using Nexus.Data.Identity;

namespace Nexus.Web.Governance;

/// <summary>Who has signed, who may, and who may not.</summary>
public sealed partial class Signatures : ComponentBase
{
    [Parameter, EditorRequired] public ApprovalView Approval { get; set; } = null!;
    [Parameter] public Actor? Actor { get; set; }

    private bool IsRequester => string.Equals(Actor?.Name, Approval.RequestedBy, StringComparison.OrdinalIgnoreCase);
}
