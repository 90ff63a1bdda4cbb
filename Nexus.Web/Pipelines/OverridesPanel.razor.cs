using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>Overrides for one run, or for as many as they name values; says how many, and how long they may take.</summary>
public sealed partial class OverridesPanel : ComponentBase, IDisposable
{
    private SweepEstimate? _estimate;
    private string? _asked;
    private Quiet _quiet = null!;

    /// <summary>The pipeline as it is kept; null where the text at hand is another.</summary>
    [Parameter] public string? Pipeline { get; set; }
    [Parameter, EditorRequired] public string Text { get; set; } = "";
    [Parameter] public EventCallback<string> TextChanged { get; set; }
    [Parameter] public string? Dataset { get; set; }
    [Parameter] public EventCallback<string?> DatasetChanged { get; set; }
    [Parameter] public SweepSpace? Space { get; set; }
    [Inject] public required SweepService Sweeps { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private string Sentence => Space switch
    {
        null or { Dimensions.Count: 0 } => "one a line, for this run alone",
        { Combinations: null } => "endless combinations: a sweep draws as many as you say",
        { Combinations: { } runs } when _estimate is { LeastSeconds: { } least, MostSeconds: { } most } estimate =>
            $"{Format.Count(runs, "run")}, {Span(least, most)} on {Format.Count(estimate.Parallel, "worker")}",
        { Combinations: { } runs } => Format.Count(runs, "run"),
    };

    public void Dispose() => _quiet.Dispose();

    protected override void OnInitialized() => _quiet = new(Time);

    protected override async Task OnParametersSetAsync()
    {
        var asked = Pipeline is null || Space is not { Dimensions.Count: > 0, Combinations: not null } ? null : $"{Pipeline}\n{Text}\n{Dataset}";
        if (asked == _asked) return;
        (_asked, _estimate) = (asked, null);
        if (asked is null) _quiet.Cancel();
        else await _quiet.AfterAsync(EstimateAsync);
    }

    private async Task EstimateAsync(CancellationToken ct)
    {
        try
        {
            string[] overrides = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            var estimate = await Sweeps.EstimateAsync(Pipeline!, overrides, string.IsNullOrWhiteSpace(Dataset) ? null : Dataset.Trim(), null, null, null, ct);
            if (!ct.IsCancellationRequested) _estimate = estimate; // else a later key has asked again
        }
        catch (RefusedException)
        {
            // What is wrong with them stands under the document; the count alone is shown.
        }
    }

    private static string Span(double least, double most)
    {
        var (low, high) = (Format.Duration(TimeSpan.FromSeconds(least)), Format.Duration(TimeSpan.FromSeconds(most)));
        return low == high ? $"about {low}" : $"{low} to {high}";
    }

    private static string Values(SweepDimension dimension) => dimension switch
    {
        { Interval: { } interval } => $"{Format.Number(interval.Low)} to {Format.Number(interval.High)}{(interval.Logarithmic ? ", by its logarithm" : "")}{(interval.Integer ? ", whole numbers" : "")}",
        { Choices: { Count: <= 6 } few } => string.Join(", ", few),
        { Choices: { } many } => $"{string.Join(", ", many.Take(3))} … {many[^1]} ({Format.Count(many.Count)})",
        _ => "",
    };
}
