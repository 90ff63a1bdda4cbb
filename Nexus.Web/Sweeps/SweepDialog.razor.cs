using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

/// <summary>Asks for a sweep: what varies, what is best, how many runs; says beforehand what it will cost.</summary>
public sealed partial class SweepDialog : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<string> _metrics = [];
    private string _overrides = "";
    private string _metric = "";
    private string _maximize = "";
    private string _strategy = "";
    private string _stopping = "";
    private int? _trials;
    private int? _parallel;
    private int? _seed;
    private SweepEstimate? _estimate;
    private string? _problem;
    private Quiet _quiet = null!;
    private bool _acting;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public string Pipeline { get; set; } = "";
    [Parameter] public IReadOnlyList<string> Overrides { get; set; } = [];

    /// <summary>Binds the ingest step's dataset; null: as in the document.</summary>
    [Parameter] public string? Dataset { get; set; }
    [Inject] public required SweepService Sweeps { get; init; }
    [Inject] public required SweepCatalog Catalog { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private IReadOnlyList<string> Written => [.. _overrides.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <returns>The sweep that was started; null where the person thought better of it.</returns>
    public static async Task<Guid?> AskAsync(IDialogService dialogs, string pipeline, IReadOnlyList<string> overrides, string? dataset = null)
    {
        var parameters = new DialogParameters<SweepDialog> { { d => d.Pipeline, pipeline }, { d => d.Overrides, overrides }, { d => d.Dataset, dataset } };
        var dialog = await dialogs.ShowAsync<SweepDialog>("Sweep", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: Guid id } ? id : null;
    }

    public void Dispose()
    {
        _quiet.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _quiet = new(Time);
        _overrides = string.Join('\n', Overrides);
        _metrics = await Catalog.MetricsAsync(Pipeline, _gone.Token);
        _metric = _metrics.Count > 0 ? _metrics[0] : "";
        await _quiet.AtOnceAsync(EstimateAsync);
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    /// <summary>Counts anew once the keys have been quiet for a moment.</summary>
    private Task TellAsync(Action change)
    {
        change();
        return _quiet.AfterAsync(EstimateAsync);
    }

    private async Task EstimateAsync(CancellationToken ct)
    {
        var (estimate, problem) = ((SweepEstimate?)null, (string?)null);
        try
        {
            estimate = await Sweeps.EstimateAsync(Pipeline, Written, Dataset, Strategy(), _trials, _parallel, ct);
        }
        catch (RefusedException refusal)
        {
            problem = refusal.Message;
        }

        if (!ct.IsCancellationRequested) (_estimate, _problem) = (estimate, problem); // else a later change has asked again
    }

    private SweepStrategy? Strategy() => Enum.TryParse<SweepStrategy>(_strategy, out var strategy) ? strategy : null;

    private void Cancel() => Dialog.Cancel();

    private async Task StartAsync()
    {
        _acting = true;
        try
        {
            var asked = new NewSweep(
                Pipeline, Written, _metric.Trim(), Dataset, Strategy(), bool.TryParse(_maximize, out var maximize) ? maximize : null, _trials, _parallel, _seed,
                Enum.TryParse<StoppingKind>(_stopping, out var rule) ? new(rule) : null);
            Dialog.Close(DialogResult.Ok(await Sweeps.StartAsync(asked, await Me.GetAsync(), _gone.Token)));
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }

        _acting = false;
    }
}
