using Nexus.Data.Registry;
using Nexus.Web.Charts;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>What a model of two classes shows: ranking, alarms, calibration, gain, scores by class, threshold.</summary>
public sealed partial class BinaryPlots : EvidencePlots
{
    private static readonly LineSeries Guessing = new("guessing", [new(0, 0), new(1, 1)], Reference: true, Dashed: true);
    private static readonly LineSeries Truth = new("true", [new(0, 0), new(1, 1)], Reference: true, Dashed: true);
    private IReadOnlyList<LineSeries> _roc = [];
    private IReadOnlyList<LineSeries> _precision = [];
    private IReadOnlyList<LineSeries> _calibration = [];
    private IReadOnlyList<LineSeries> _gain = [];
    private IReadOnlyList<LineSeries> _scores = [];

    private string Negative => Short(Mine.Classes, 0, "negative");

    private string Positive => Short(Mine.Classes, 1, "positive");

    private string OfWhom => Other?.Binary is null ? "shares" : $"version {Name}";

    private string? RocAnswer => Mine.Metrics.TryGetValue("auc", out var auc)
        ? $"AUC {Format.Estimate(auc.Value, auc.Lower, auc.Upper)}{(Other?.Metrics.TryGetValue("auc", out var other) == true ? $"; {OtherName}: {Format.Decimal(other.Value)}" : "")}"
        : null;

    private string PrecisionAnswer => $"{Format.Percent(Mine.Binary!.Share)} of the rows are {Positive}";

    private string CalibrationAnswer
    {
        get
        {
            var binary = Mine.Binary!;
            var off = binary.Calibration.Count(b => b.Predicted < b.Observed.Lower || b.Predicted > b.Observed.Upper);
            return $"ECE {Format.Decimal(binary.CalibrationError)}; {(off == 0 ? "within its interval in every bin" : $"off in {off} of {binary.Calibration.Count} bins")}";
        }
    }

    private string? GainAnswer
    {
        get
        {
            var at = Mine.Binary!.Gain.FirstOrDefault(p => p.X >= 0.0999);
            return at is null ? null : $"the first {Format.Percent(at.X)} hold {Format.Percent(at.Y)} of all {Positive}: lift {Format.Number(at.Y / at.X)}";
        }
    }

    protected override void OnParametersSet()
    {
        var (mine, other) = (Mine.Binary!, Other?.Binary);
        _roc = Lines(mine.Roc, other?.Roc, Guessing);
        _precision = Lines(mine.PrecisionRecall, other?.PrecisionRecall, new("chance", [new(0, mine.Share), new(1, mine.Share)], Reference: true, Dashed: true));
        _gain = Lines(mine.Gain, other?.Gain, new("chance", [new(0, 0), new(1, 1)], Reference: true, Dashed: true));
        _calibration = mine.Calibration.Count == 0 ? [] :
        [
            Truth,
            .. other is null ? Array.Empty<LineSeries>() : [new(OtherName, [.. other.Calibration.Select(b => new LinePoint(b.Predicted, b.Observed.Value))], Reference: true)],
            new(Name, [.. mine.Calibration.OrderBy(b => b.Predicted).Select(b => new LinePoint(b.Predicted, b.Observed.Value, b.Observed.Lower, b.Observed.Upper))]),
        ];
        _scores = [Distribution(Negative, mine.Negatives, reference: true), Distribution(Positive, mine.Positives)];
    }

    /// <summary>Shares of a class's rows per bin of the score, at the bins' middles.</summary>
    internal static LineSeries Distribution(string name, IReadOnlyList<double> counts, bool reference = false)
    {
        var sum = Math.Max(1, counts.Sum());
        return new(name, [.. counts.Select((n, i) => new LinePoint((i + 0.5) / counts.Count, n / sum))], Reference: reference);
    }

    private static string Short(IReadOnlyList<string> classes, int at, string otherwise) => classes.Count == 2 ? Format.MiddleCut(classes[at], 24) : otherwise;

    private IReadOnlyList<LineSeries> Lines(IReadOnlyList<CurvePoint> mine, IReadOnlyList<CurvePoint>? other, LineSeries expected)
    {
        if (mine.Count == 0) return [];
        var line = new LineSeries(Name, [.. mine.Select(p => new LinePoint(p.X, p.Y))]);
        return other is { Count: > 0 }
            ? [expected, new(OtherName, [.. other.Select(p => new LinePoint(p.X, p.Y))], Reference: true), line]
            : [expected, line];
    }
}
