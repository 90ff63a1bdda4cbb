using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Explanations;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Features by what is lost without them; asks for it where nobody has yet.</summary>
public sealed partial class DriversPanel : ComponentBase
{
    private const int Shown = 6;
    private IReadOnlyList<string> _datasets = [];
    private string _dataset = "";
    private string _label = "";
    private string? _problem;
    private bool _all;
    private double _low;
    private double _high;

    [Parameter, EditorRequired] public string Model { get; set; } = "";
    [Parameter, EditorRequired] public int Version { get; set; }

    /// <summary>The newest that has a result.</summary>
    [Parameter] public ExplanationView? Done { get; set; }

    /// <summary>One that is under way, or failed after it.</summary>
    [Parameter] public ExplanationView? Pending { get; set; }
    [Parameter] public string? Selected { get; set; }
    [Parameter] public EventCallback<string> SelectedChanged { get; set; }
    [Parameter] public EventCallback Asked { get; set; }
    [Inject] public required ExplanationService Explanations { get; init; }
    [Inject] public required DatasetCatalog Datasets { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    private string Said => Done?.Result is { } result ? $"permutation, loss of {MetricNames.Label(result.Metric)}" : "";

    private string About => Done?.Result is { } result
        ? $"{Done.RowsAre}, {(result.Rows < result.TotalRows ? $"a seeded sample of {Format.Count(result.Rows)} of {Format.Count(result.TotalRows, "row")}" : Format.Count(result.Rows, "row"))}; mean of {result.Repeats} shuffles, 95 % interval over rows and shuffles.{(result.Gain.Count > 0 ? " On hover: share of the trees’ gain." : "")}"
        : "";

    protected override async Task OnParametersSetAsync()
    {
        if (Done?.Result is { Importance.Count: > 0 } result)
        {
            (_low, _high) = (Math.Min(0, result.Importance.Min(i => i.Lower)), Math.Max(1e-9, result.Importance.Max(i => i.Upper)));
        }
        else if (_datasets.Count == 0)
        {
            _datasets = [.. (await Datasets.ListAsync(new PageRequest(100), CancellationToken.None)).Items.Select(d => d.Name)];
        }
    }

    private static string Figure(double value) => value == 0 ? "0" : Math.Abs(value) < 0.0005 ? "0.000" : value.ToString(Math.Abs(value) >= 100 ? "#,##0" : "0.000").Replace('-', '−');

    private string Hover(FeatureImportance feature)
    {
        var gain = Done!.Result!.Gain.FirstOrDefault(g => g.Feature == feature.Feature);
        return $"{feature.Feature}: {Format.Estimate(feature.Value, feature.Lower, feature.Upper)}{(gain is null ? "" : $"; {Format.Percent(gain.Share)} of the gain in {Format.Count(gain.Splits, "split")}")}";
    }

    private async Task AskAsync()
    {
        _problem = null;
        try
        {
            await Explanations.RequestAsync(Model, Version, _dataset.Trim(), _label.Trim(), await Current.GetAsync(), CancellationToken.None);
            await Asked.InvokeAsync();
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
    }
}
