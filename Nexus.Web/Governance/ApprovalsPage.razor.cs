using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Web.Shell;

namespace Nexus.Web.Governance;

/// <summary>What waits for a signature?</summary>
public sealed partial class ApprovalsPage : ComponentBase
{
    private static readonly string[] Topics = ["approvals"];
    private KeysetTable<ApprovalView>? _table;
    private ApprovalState? _shown = ApprovalState.Pending;
    private string _say = "";

    [SupplyParameterFromQuery] public string? State { get; set; }
    [Inject] public required ApprovalInbox Inbox { get; init; }

    private ApprovalState? Wanted => Enum.TryParse<ApprovalState>(State, ignoreCase: true, out var state) ? state
        : string.IsNullOrEmpty(State) ? ApprovalState.Pending : null;

    protected override async Task OnParametersSetAsync()
    {
        var pending = await Inbox.PendingCountAsync(CancellationToken.None);
        _say = pending switch
        {
            0 => "Nothing waits for a signature.",
            1 => "One request waits for a signature.",
            _ => $"{Format.Count(pending)} requests wait for a signature.",
        };
        if (_shown == Wanted || _table is null) return;
        _shown = Wanted;
        await _table.RestartAsync();
    }

    private Task<Page<ApprovalView>> LoadAsync(PageRequest request, CancellationToken ct) => Inbox.ListAsync(Wanted, request, ct);

    private async Task RefreshAsync()
    {
        await OnParametersSetAsync();
        if (_table is not null) await _table.ReloadAsync();
    }
}
