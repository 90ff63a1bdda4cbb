using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Audit;

namespace Nexus.Web.Governance;

/// <summary>What the ledger knows of an approval and its subject.</summary>
public sealed partial class History : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<LedgerEntry> Entries { get; set; } = [];

    private static string Words(LedgerEntry entry) => entry.Action switch
    {
        "model.version-registered" => "registered the version",
        "model.transitioned" => $"moved the version to {JsonNode.Parse(entry.Detail)?["to"]}",
        "model.described" => "changed its description or tags",
        "model.alias-set" => "gave it an alias",
        "model.alias-deleted" => "took an alias from it",
        "model.version-deleted" => "deleted the version",
        "approval.requested" => "asked for the approval",
        "approval.approved" => "signed and approved",
        "approval.rejected" => "rejected",
        "approval.lapsed" => "found that what was shown had changed: it lapsed",
        "approval.expired" => "closed it: nobody decided in time",
        _ => entry.Action,
    };
}
