using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>How many approvals wait; nothing where none do, or where the database cannot tell for the moment, which the banner says.</summary>
public sealed partial class PendingCount : ComponentBase
{
    private static readonly string[] Topics = ["approvals"];
    private int _pending;

    [Inject] public required IDbContextFactory<NexusDb> Contexts { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive) return;
        try
        {
            await CountAsync();
        }
        catch (Exception outage) when (Outage.Of(outage) is not null)
        {
            // Counted as soon as the database is back: live updates tell that, too.
        }
    }

    private async Task CountAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        _pending = await db.Set<Approval>().CountAsync(a => a.State == ApprovalState.Pending);
    }
}
