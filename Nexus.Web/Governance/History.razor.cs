using Microsoft.AspNetCore.Components;
using Nexus.Data.Audit;

namespace Nexus.Web.Governance;

/// <summary>What the ledger knows of an approval and its subject.</summary>
public sealed partial class History : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<LedgerEntry> Entries { get; set; } = [];
}
