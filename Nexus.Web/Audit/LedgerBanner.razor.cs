using Microsoft.AspNetCore.Components;
using Nexus.Data.Audit;

namespace Nexus.Web.Audit;

/// <summary>On every page while the ledger is broken; else nothing.</summary>
public sealed partial class LedgerBanner : ComponentBase
{
    private static readonly string[] Topics = ["ledger"];
    private BrokenEntry? _broken;

    [Inject] public required LedgerHealth Health { get; init; }

    protected override void OnInitialized() => Refresh();

    private void Refresh() => _broken = Health.State.Broken;
}
