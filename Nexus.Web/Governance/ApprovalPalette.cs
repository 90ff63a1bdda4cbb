using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Governance;

/// <summary>What waits for a signature.</summary>
internal sealed class ApprovalPalette(ApprovalInbox inbox) : IPaletteSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        if (!context.Is(Role.Approver)) return [];
        var me = context.Me.Identity?.Name;
        var pending = await inbox.ListAsync(ApprovalState.Pending, new PageRequest(Most), ct);
        return
        [
            .. pending.Items.Where(approval => !string.Equals(approval.RequestedBy, me, StringComparison.OrdinalIgnoreCase)).Select(approval =>
                new PaletteItem($"Sign {approval.Change.Model} {approval.Change.Version} into {approval.Change.To}") { Href = $"/approvals/{approval.Id}", Do = true, Also = "approve approval decide" }),
        ];
    }
}
