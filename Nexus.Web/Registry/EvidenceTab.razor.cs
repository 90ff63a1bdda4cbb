using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>How good it is, against Production and against nothing, and what was asked of it.</summary>
public sealed partial class EvidenceTab : ComponentBase
{
    private static readonly LineSeries Guessing = new("guessing", [new(0, 0), new(1, 1)], Reference: true, Dashed: true);
    private IReadOnlyList<LineSeries> _roc = [];
    private IReadOnlyList<Charts.CalibrationBin> _bins = [];

    [Parameter, EditorRequired] public VersionState State { get; set; } = null!;

    private string Rows => State.Version.Metrics.Count == 0 ? ""
        : State.Report is not { } report ? "as its uploader says"
        : State.Production is null ? $"{Format.Count(report.Rows, "test row")} of {report.Dataset}; 95 % intervals"
        : State.Comparison is null ? "each on its own test split; 95 % intervals"
        : $"the same {Format.Count(report.Rows, "test row")} of {report.Dataset}; paired bootstrap";

    private string Checks => State.Report is not { } report ? "" : $"{report.Gates.Count - State.Failed} of {report.Gates.Count}";

    private string? RocAnswer => State.Metrics.TryGetValue("auc", out var auc) ? $"AUC {Format.Estimate(auc.Value, auc.Lower, auc.Upper)}" : null;

    private string? CalibrationAnswer
    {
        get
        {
            if (State.Report is not { Calibration.Count: > 0 } report) return null;
            var off = report.Calibration.Count(b => b.Predicted < b.Observed.Lower || b.Predicted > b.Observed.Upper);
            return off == 0 ? "Yes: within its interval in every bin" : $"Off in {off} of {report.Calibration.Count} bins; {Format.Count(report.Rows, "row")}";
        }
    }

    protected override void OnParametersSet()
    {
        _bins = Bins(State.Report);
        _roc = State.Report is not { Roc.Count: > 0 } report ? [] : State.ProductionReport is { Roc.Count: > 0 } production
            ? [Guessing, Line($"{State.Production!.Version}", production, reference: true), Line($"{State.Version.Version}", report)]
            : [Guessing, Line($"{State.Version.Version}", report)];
    }

    /// <summary>The calibration of a report as its chart takes it.</summary>
    internal static IReadOnlyList<Charts.CalibrationBin> Bins(EvaluationReport? report) =>
        [.. (report?.Calibration ?? []).Select(b => new Charts.CalibrationBin(b.Predicted, b.Observed.Value, b.Observed.Lower, b.Observed.Upper))];

    private static LineSeries Line(string name, EvaluationReport report, bool reference = false) =>
        new(name, [.. report.Roc.Select(p => new LinePoint(p.X, p.Y))], Reference: reference);
}
