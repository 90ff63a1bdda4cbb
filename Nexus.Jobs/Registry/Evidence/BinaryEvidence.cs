using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Roc">(false positive rate, true positive rate).</param>
/// <param name="PrecisionRecall">(recall, precision).</param>
/// <param name="Calibration">Bins of equally many rows by score.</param>
/// <param name="CalibrationError">Expected calibration error over those bins.</param>
/// <param name="Gain">(share of the rows by descending score, share of all positives among them).</param>
/// <param name="Negatives">Rows of the negative class per bin of the score, 0…1 in equal parts.</param>
/// <param name="Positives">Rows of the positive class, likewise.</param>
/// <param name="Cuts">What counts as positive from a score upwards, at up to 101 scores from 0 to 1.</param>
/// <param name="Share">Of positives among the rows.</param>
public sealed record BinaryEvidence(
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> PrecisionRecall,
    IReadOnlyList<CalibrationBin> Calibration,
    double CalibrationError,
    IReadOnlyList<CurvePoint> Gain,
    IReadOnlyList<double> Negatives,
    IReadOnlyList<double> Positives,
    IReadOnlyList<ThresholdCut> Cuts,
    double Share);
