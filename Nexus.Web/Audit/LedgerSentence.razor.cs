using Microsoft.AspNetCore.Components;
using Nexus.Data.Audit;

namespace Nexus.Web.Audit;

/// <summary>Up to where the ledger is verified, and when that was; or where it is broken.</summary>
public sealed partial class LedgerSentence : ComponentBase
{
    private static readonly string[] Topics = ["ledger"];
    private LedgerState _state = new(0, null, null);

    [Inject] public required LedgerHealth Health { get; init; }

    protected override void OnInitialized() => Refresh();

    private void Refresh() => _state = Health.State;
}
