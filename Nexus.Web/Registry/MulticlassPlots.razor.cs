using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;
using Nexus.Jobs.Registry.Evidence;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>What a model of several classes shows: calibration, what it mistakes for what, and how good it is for each class.</summary>
public sealed partial class MulticlassPlots : EvidencePlots
{
    private string _order = "rows";
    private IReadOnlyList<LineSeries> _calibration = [];
    private IReadOnlyList<LineSeries> _scores = [];

    private MulticlassEvidence Multiclass => Mine.Multiclass!;

    private Dictionary<string, double?> Theirs { get; set; } = [];

    private string CalibrationAnswer => $"ECE {Format.Decimal(Multiclass.CalibrationError)}{(Other?.Multiclass is { } other ? $"; {OtherName}: {Format.Decimal(other.CalibrationError)}" : "")}";

    private IEnumerable<ClassEvidence> Ordered => _order switch
    {
        "worst" => Multiclass.Classes.OrderBy(c => c.F1 ?? double.PositiveInfinity),
        "name" => Multiclass.Classes.OrderBy(c => c.Class, StringComparer.Ordinal),
        _ => Multiclass.Classes,
    };

    // To two decimals: a class of a dozen rows says no more, and an interval from 0 keeps its figures.
    private static RenderFragment Share(MetricEstimate? share, string why) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "title", share is null ? why : null);
        builder.AddContent(2, share is null ? Format.Unknown : share.Value.ToString("0.00"));
        builder.CloseElement();
        if (share is not { Lower: { } low, Upper: { } high }) return;
        builder.OpenElement(3, "span");
        builder.AddAttribute(4, "class", "faint");
        builder.AddContent(5, $" [{Math.Max(0, low):0.00}, {Math.Min(1, high):0.00}]");
        builder.CloseElement();
    };

    protected override void OnParametersSet()
    {
        Theirs = Other?.Multiclass?.Classes.ToDictionary(c => c.Class, c => c.F1, StringComparer.Ordinal) ?? [];
        _calibration = Multiclass.Calibration.Count == 0 ? [] :
        [
            new("true", [new(0, 0), new(1, 1)], Reference: true, Dashed: true),
            .. Other?.Multiclass is { } other ? [new LineSeries(OtherName, [.. other.Calibration.Select(b => new LinePoint(b.Predicted, b.Observed.Value))], Reference: true)] : Array.Empty<LineSeries>(),
            new(Name, [.. Multiclass.Calibration.Select(b => new LinePoint(b.Predicted, b.Observed.Value, b.Observed.Lower, b.Observed.Upper))]),
        ];
        _scores = [BinaryPlots.Distribution("wrong", Multiclass.Wrong, reference: true), BinaryPlots.Distribution("right", Multiclass.Right)];
    }
}
