using Microsoft.AspNetCore.Components;
using Nexus.Data.Governance;

namespace Nexus.Web.Governance;

/// <summary>What approving would change, for whom, in one sentence.</summary>
public sealed partial class WhatChanges : ComponentBase
{
    [Parameter, EditorRequired] public ApprovalView Approval { get; set; } = null!;

    private ApprovalEvidence Evidence => Approval.Evidence;

    private bool Done => Approval.State == ApprovalState.Approved;

    private long Decisions => Evidence.Agents.Sum(a => a.DecisionsPerDay);

    private string Agents => Evidence.Agents.Count <= 3
        ? string.Join(", ", Evidence.Agents.Select(a => a.Name))
        : $"{string.Join(", ", Evidence.Agents.Take(2).Select(a => a.Name))} and {Evidence.Agents.Count - 2} more agents";
}
