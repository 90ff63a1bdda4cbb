using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Governance;

/// <summary>Shall I sign?</summary>
public sealed partial class ApprovalPage : ComponentBase
{
    private static readonly string[] Topics = ["approvals"];
    private static readonly Crumb[] Crumbs = [new("Approvals", "/approvals")];
    private ApprovalView? _approval;
    private Actor? _actor;
    private IReadOnlyList<Charts.CalibrationBin> _bins = [];
    private IReadOnlyList<LedgerEntry> _history = [];

    [Parameter] public Guid Id { get; set; }
    [Inject] public required ApprovalInbox Inbox { get; init; }
    [Inject] public required ModelCatalog Catalog { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    private string Title => $"{_approval!.Change.Model} {_approval.Change.Version} → {_approval.Change.To}";

    private string Rows => _approval!.Evidence switch
    {
        { Candidate.Metrics.Count: 0 } => "",
        { Candidate.EvaluationDigest: null } => "as its uploader says",
        { Production: null } => "95 % intervals on the test split",
        { Comparison: null } => "each on its own test split; 95 % intervals",
        _ => "on the same test rows; paired bootstrap",
    };

    private string Checks => _approval!.Evidence.Candidate.Gates is { } gates ? $"{gates.Count(g => g.Passed)} of {gates.Count}" : "none";

    protected override async Task OnParametersSetAsync()
    {
        _actor = await Current.GetAsync();
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var approval = await Inbox.GetAsync(Id, CancellationToken.None);
        _history = await Inbox.HistoryAsync(approval, CancellationToken.None);
        _bins = EvidenceTab.Bins(await ReportAsync(approval.Evidence));
        _approval = approval;
    }

    /// <summary>The evaluation that the evidence names, where it is still the version's.</summary>
    private async Task<EvaluationReport?> ReportAsync(ApprovalEvidence evidence)
    {
        try
        {
            return await Catalog.EvaluationAsync(evidence.Model, evidence.Version, CancellationToken.None) is { } json
                && CanonicalJson.Digest(json) == evidence.Candidate.EvaluationDigest
                    ? CanonicalJson.Read<EvaluationReport>(json)
                    : null;
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return null; // The version was deleted since; what was shown of it stays.
        }
    }
}
