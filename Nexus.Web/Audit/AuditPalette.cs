using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Audit;

/// <summary>The ledger walked from its first entry to its last.</summary>
internal sealed class AuditPalette(AuditService audit, CurrentActor me, Notices notices) : IPaletteSource
{
    public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct) => Task.FromResult<IReadOnlyList<PaletteItem>>(
        context.Is(Role.Auditor) || context.Is(Role.Admin) ? [new PaletteItem("Verify the ledger") { Act = VerifyAsync, Also = "audit check proof" }] : []);

    private async Task VerifyAsync()
    {
        var found = await audit.VerifyAsync(await me.GetAsync(), CancellationToken.None);
        if (found.Valid) notices.Done($"The ledger is whole: {Format.Count(found.Entries, "entry", "entries")}.");
        else notices.Failed($"The ledger is broken at entry {found.FirstBroken?.Sequence}: {found.FirstBroken?.Reason}");
    }
}
