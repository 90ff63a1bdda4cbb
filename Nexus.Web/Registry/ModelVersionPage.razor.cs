using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Governance;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>May this go live?</summary>
public sealed partial class ModelVersionPage : ComponentBase
{
    private static readonly string[] Topics = ["models", "approvals"];
    private VersionState? _state;
    private ExplanationView? _explained;
    private (string, int, string?)? _read;

    [Parameter] public string Name { get; set; } = "";
    [Parameter] public int Number { get; set; }
    [Parameter] public string? Facet { get; set; }

    /// <summary>The version that it is seen against: its number, or none; Production where absent.</summary>
    [SupplyParameterFromQuery(Name = "against")] public string? Against { get; set; }

    /// <summary>The row that a what-if starts from.</summary>
    [SupplyParameterFromQuery(Name = "row")] public long? Row { get; set; }
    [Inject] public required ModelCatalog Catalog { get; init; }
    [Inject] public required ExplanationCatalog Explanations { get; init; }
    [Inject] public required ModelEditor Editor { get; init; }
    [Inject] public required ApprovalInbox Inbox { get; init; }
    [Inject] public required TransitionService Transitions { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private string Title => $"{Name} {Number}";

    private string Here => $"/models/{Name}/{Number}";

    private Crumb[] Crumbs => [new("Models", "/models"), new(Name, $"/models/{Name}")];

    private Tab[] Tabs =>
        [new("Evidence", $"{Here}{Kept}", Exact: true), new("Slices", $"{Here}/slices{Kept}"), new("What if", $"{Here}/what-if{Kept}"), new("Signature", $"{Here}/signature"), new("Lineage", $"{Here}/lineage"), new("Card", $"{Here}/card")];

    // The version chosen on one facet stays chosen on the others.
    private string Kept => string.IsNullOrEmpty(Against) ? "" : $"?against={Uri.EscapeDataString(Against)}";

    private int? Other => Against switch
    {
        null or "" => _state?.Production?.Version,
        _ when int.TryParse(Against, out var number) && number > 0 && number <= _state?.Model.LatestVersion && number != Number => number,
        _ => null,
    };

    private bool CanDelete => _state is { Version: { Stage: Stage.None or Stage.Archived, Aliases.Count: 0 }, Pending: null };

    private IEnumerable<Stage> Elsewhere => _state!.Version.Stage switch
    {
        Stage.None or Stage.Archived => [Stage.Staging],
        _ => [Stage.Archived],
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_state?.Version.Model == Name && _state.Version.Version == Number && _read == (Name, Number, Facet)) return;
        if (_state?.Version.Model != Name || _state.Version.Version != Number) _state = null;
        _read = (Name, Number, Facet);
        await ReadAsync();
    }

    private void Choose(int? against) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("against", against == _state?.Production?.Version ? null : against?.ToString() ?? "none"), replace: true);

    private static string Words(Stage stage) => stage == Stage.Staging ? "Move to Staging" : "Archive";

    private async Task ReadAsync()
    {
        (_explained, _) = await Explanations.NewestAsync(Name, Number, CancellationToken.None);
        _state = await VersionState.ReadAsync(Catalog, Inbox, Name, Number, CancellationToken.None);
    }

    private async Task AskAsync()
    {
        var agents = _state!.Model.Agents;
        var effect = agents.Count == 0 ? "No agent follows this model yet." : $"{string.Join(", ", agents)} would answer by it at once.";
        var reason = await ConfirmDialog.AskAsync(
            Dialogs, $"Ask for {Name} {Number} in Production?", $"{effect} Somebody else with the role Approver has to sign within 72 hours.", "Ask for Production", askReason: "Why? The approver reads it.");
        if (reason is null) return;
        var actor = await Current.GetAsync();
        Guid? approval = null;
        var asked = await Notices.TryAsync(async () => approval = (await Transitions.RequestAsync(Name, Number, Stage.Production, reason, actor, CancellationToken.None)).ApprovalId);
        if (asked) Navigation.NavigateTo($"/approvals/{approval}");
    }

    private async Task MoveAsync(Stage to)
    {
        var reason = "";
        if (_state!.Version.Stage == Stage.Production)
        {
            var agents = _state.Model.Agents;
            var effect = agents.Count == 0 ? "No agent follows this model." : $"{string.Join(", ", agents)} will refuse every request until another version is in Production.";
            var given = await ConfirmDialog.AskAsync(Dialogs, $"Take {Name} {Number} out of Production?", effect, "Archive it", dangerous: true, askReason: "Why? It goes into the ledger.");
            if (given is null) return;
            reason = given;
        }

        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Transitions.RequestAsync(Name, Number, to, reason, actor, CancellationToken.None), $"{Name} {Number} is in {to} now.");
        await ReadAsync();
    }

    private async Task DeleteAsync()
    {
        var sure = await ConfirmDialog.AskAsync(Dialogs, $"Delete {Name} {Number}?", "Nothing uses it. Its number is never given again; the ledger keeps what it was.", "Delete", dangerous: true);
        if (sure is null) return;
        var actor = await Current.GetAsync();
        if (await Notices.TryAsync(() => Editor.DeleteVersionAsync(Name, Number, actor, CancellationToken.None), $"{Name} {Number} is deleted.")) Navigation.NavigateTo($"/models/{Name}");
    }
}
