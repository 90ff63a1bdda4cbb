using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Charts;
using Nexus.Web.Identity;
using Nexus.Web.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

/// <summary>One sweep: how far is it, what is best, which values did what?</summary>
public sealed partial class SweepPage : ComponentBase
{
    private KeysetTable<SweepTrialView>? _table;
    private SweepView? _sweep;
    private string[] _topics = [];
    private bool _acting;

    [Parameter] public Guid Id { get; set; }
    [Inject] public required SweepCatalog Catalog { get; init; }
    [Inject] public required SweepService Sweeps { get; init; }
    [Inject] public required TransitionService Transitions { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    private bool CanExtend => _sweep is { State: SweepState.Running or SweepState.Paused or SweepState.Succeeded } sweep && (sweep.Combinations ?? long.MaxValue) > sweep.MaxTrials;

    /// <summary>Of all intervals that are known, with a little air.</summary>
    private (double Min, double Max) Scale { get; set; } = (0, 1);

    private IReadOnlyList<LineSeries> Curve => _sweep!.Curve.Count < 2 ? [] :
    [
        new("each run", [.. _sweep.Curve.Select(c => new LinePoint(c.Ended, c.Value))], Reference: true),
        new("best so far", [.. _sweep.Curve.Select(c => new LinePoint(c.Ended, c.Best))]),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (_sweep?.Id == Id) return;
        _sweep = null;
        _topics = [$"sweep:{Id}"];
        _sweep = await Catalog.GetAsync(Id, CancellationToken.None);
    }

    private async Task RefreshAsync()
    {
        _sweep = await Catalog.GetAsync(Id, CancellationToken.None);
        if (_table is not null) await _table.ReloadAsync();
    }

    private async Task<Page<SweepTrialView>> LoadAsync(PageRequest page, CancellationToken ct)
    {
        var trials = await Catalog.TrialsAsync(Id, page, ct);
        var ends = trials.Items.Where(t => t.Result is not null).SelectMany(t => new[] { t.Result!.Lower ?? t.Result.Value, t.Result.Upper ?? t.Result.Value }).ToList();
        if (ends.Count > 0) Scale = (ends.Min(), ends.Max());
        return trials;
    }

    private string Answer()
    {
        if (_sweep!.Curve is not [.., var last]) return "";
        var found = _sweep.Curve.First(c => c.Best.Equals(last.Best));
        return $"{RunWords.Metric(_sweep.Metric)} {Format.Decimal(last.Best)}, found by run {Format.Count(found.Ended)} of {Format.Count(last.Ended)}";
    }

    private Task PauseAsync() => ActAsync(async actor => await Sweeps.PauseAsync(Id, actor, CancellationToken.None));

    private Task ResumeAsync() => ActAsync(async actor => await Sweeps.ResumeAsync(Id, actor, CancellationToken.None));

    private async Task CancelAsync()
    {
        var sure = await ConfirmDialog.AskAsync(
            Dialogs, $"Cancel {_sweep!.Pipeline} sweep {_sweep.Number}?", "The runs at work stop within seconds, and no further one starts. What is done stays.", "Cancel the sweep", dangerous: true);
        if (sure is not null) await ActAsync(async actor => await Sweeps.CancelAsync(Id, actor, CancellationToken.None));
    }

    private async Task ExtendAsync()
    {
        var more = await ExtendDialog.AskAsync(Dialogs, _sweep!);
        if (more is { } trials) await ActAsync(async actor => await Sweeps.ExtendAsync(Id, trials, actor, CancellationToken.None));
    }

    private async Task PromoteAsync()
    {
        if (_sweep!.Best is not { ModelName: { } model, ModelVersion: { } version, Number: var run }) return;
        var asGood = _sweep.AsGood.Count == 0 ? "" : $" {Format.Count(_sweep.AsGood.Count, "other run")} cannot be told from it.";
        var reason = await ConfirmDialog.AskAsync(
            Dialogs, $"Ask for {model} {version} in Production?", $"It is of run #{run}, the best of {Format.Count(_sweep.Curve.Count)} with a result.{asGood} Somebody else with the role Approver has to sign within 72 hours.",
            "Ask for Production", askReason: "Why? The approver reads it.");
        if (reason is null) return;
        Guid? approval = null;
        _acting = true;
        var actor = await Me.GetAsync();
        var asked = await Notices.TryAsync(async () => approval = (await Transitions.RequestAsync(model, version, Stage.Production, reason, actor, CancellationToken.None)).ApprovalId);
        _acting = false;
        if (asked) Navigation.NavigateTo(approval is null ? $"models/{model}/{version}" : $"approvals/{approval}");
    }

    private async Task ActAsync(Func<Data.Identity.Actor, Task> act)
    {
        _acting = true;
        var actor = await Me.GetAsync();
        await Notices.TryAsync(() => act(actor));
        await RefreshAsync();
        _acting = false;
    }
}
