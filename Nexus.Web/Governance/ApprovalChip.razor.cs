using Microsoft.AspNetCore.Components;
using Nexus.Data.Governance;
using Nexus.Web.Shell;

namespace Nexus.Web.Governance;

/// <summary>Where an approval stands.</summary>
public sealed partial class ApprovalChip : ComponentBase
{
    [Parameter, EditorRequired] public ApprovalState Value { get; set; }

    private ChipState State => Value switch
    {
        ApprovalState.Pending => ChipState.Warn,
        ApprovalState.Approved => ChipState.Good,
        ApprovalState.Rejected => ChipState.Bad,
        _ => ChipState.Unknown,
    };

    private string Text => Value == ApprovalState.Pending ? "waits for a signature" : Value.ToString().ToLowerInvariant();
}
