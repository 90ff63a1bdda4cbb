using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Governance;

namespace Nexus.Web.Shell;

/// <summary>The rooms that a person may open, with what waits in them.</summary>
public sealed partial class Rail : ComponentBase
{
    private static readonly string[] Topics = ["approvals"];
    private int _pending;

    [Inject] public required IDbContextFactory<NexusDb> Contexts { get; init; }

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? CountAsync() : Task.CompletedTask;

    private async Task CountAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        _pending = await db.Set<Approval>().CountAsync(a => a.State == ApprovalState.Pending);
    }
}
