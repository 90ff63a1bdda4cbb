using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Pipelines;
using Nexus.Web.Identity;

namespace Nexus.Web.Shell.Home;

/// <summary>What waits for this person: approvals that they may sign, failed runs that nobody has answered.</summary>
public sealed partial class HomeNeeds : ComponentBase
{
    private static readonly string[] Topics = ["approvals", "runs"];
    private IReadOnlyList<Need>? _needs;

    [Parameter] public EventCallback<NeedCount> Loaded { get; set; }
    [Inject] public required ApprovalInbox Approvals { get; init; }
    [Inject] public required EarlierRuns Runs { get; init; }
    [Inject] public required CurrentActor Me { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var me = await Me.GetAsync();
        var needs = new List<Need>();
        if (me.Is(Role.Approver))
        {
            var pending = await Approvals.ListAsync(ApprovalState.Pending, new PageRequest(20), CancellationToken.None);
            needs.AddRange(pending.Items.Where(a => !string.Equals(a.RequestedBy, me.Name, StringComparison.OrdinalIgnoreCase)).Select(Sign));
        }

        if (me.Is(Role.Engineer)) needs.AddRange((await Runs.FailedAsync(10, CancellationToken.None)).Select(Look));
        _needs = needs;
        await Loaded.InvokeAsync(new NeedCount(needs.Count));
    }

    private static Need Sign(ApprovalView approval) => new(
        ChipState.Warn, "Approval", $"{approval.Change.Model} {approval.Change.Version} → {approval.Change.To}",
        $"“{Format.MiddleCut(approval.Reason, 120)}” Asked by {approval.RequestedBy}", approval.CreatedAt, "Review", $"approvals/{approval.Id}");

    private static Need Look(FailedRun run) => new(
        ChipState.Bad, "Failed run", $"{run.Pipeline} #{run.Number}", Format.MiddleCut(run.Error ?? "It failed without a word.", 200), run.At, "Open", $"runs/{run.Id}");
}
