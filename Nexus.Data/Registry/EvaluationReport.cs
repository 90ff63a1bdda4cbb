namespace Nexus.Data.Registry;

/// <summary>
/// What an evaluation found on the test split, by the exported ONNX: the evidence for a promotion. Kept as canonical JSON in
/// <see cref="ModelVersion.Evaluation"/>. Intervals are 95 %, by a seeded bootstrap over the rows.
/// </summary>
/// <param name="Task">binary, multiclass or regression.</param>
/// <param name="Dataset">The dataset version: <c>elec2@3</c>.</param>
/// <param name="Rows">Rows of the test split.</param>
/// <param name="Passed">No gate is unmet.</param>
/// <param name="Metrics">By the names of the API.</param>
/// <param name="Baselines">What needs no model at all, on the same rows.</param>
/// <param name="Gates">In the order of the pipeline document; empty where it asks for nothing.</param>
/// <param name="Production">The comparison with the version in Production; null where none was asked for or none is there.</param>
/// <param name="Calibration">Binary only; ten bins of equally many rows by score, equal scores together.</param>
/// <param name="Roc">Binary only: (false positive rate, true positive rate), from (0,0) to (1,1), at most 200 points.</param>
/// <param name="PrecisionRecall">Binary only: (recall, precision), by descending threshold, at most 200 points.</param>
/// <param name="Confusion">Null for regression, and above 100 classes.</param>
/// <param name="RowsDigest">The blob of the rows; versions with the same one were measured on the same rows.</param>
/// <param name="Scores">The blob of <see cref="ScoredRows"/>: every row's answer.</param>
public sealed record EvaluationReport(
    string Task,
    string Dataset,
    int Rows,
    bool Passed,
    IReadOnlyDictionary<string, MetricEstimate> Metrics,
    IReadOnlyList<EvaluationBaseline> Baselines,
    IReadOnlyList<EvaluationSlice> Slices,
    IReadOnlyList<EvaluationGate> Gates,
    ProductionComparison? Production,
    IReadOnlyList<CalibrationBin> Calibration,
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> PrecisionRecall,
    ConfusionMatrix? Confusion,
    string? RowsDigest = null,
    string? Scores = null);
