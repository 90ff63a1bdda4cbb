namespace Nexus.Jobs.Pipelines;

/// <summary>The kinds of output, and what each holds.</summary>
public static class StepKinds
{
    /// <summary>
    /// Blob <c>rows</c> (Parquet). Facts: <c>dataset</c> ("elec2@3"), <c>rows</c>, <c>columns</c> [{name, type}]; from validate
    /// also <c>against</c> and <c>anomalies</c> [{column, kind, severity, short, long}].
    /// </summary>
    public const string Table = "table";

    /// <summary>
    /// Blobs <c>train</c> and <c>test</c> (Parquet: the raw feature columns, the label; in row order), <c>plan</c> (JSON: the fitted
    /// transform), <c>reference</c> (JSON of ReferenceProfile). Facts: <c>dataset</c>, <c>label</c>, <c>task</c> (binary, multiclass,
    /// regression), <c>classes</c>, <c>positive</c>, <c>features</c> [{name, type}], <c>trainRows</c>, <c>testRows</c>.
    /// </summary>
    public const string Features = "features";

    /// <summary>
    /// Blobs <c>model</c> (ONNX from raw columns to label and scores), <c>native</c> (the trainer's own form), <c>reference</c>. Facts:
    /// <c>trainer</c>, <c>params</c>, <c>seed</c>, <c>task</c>, <c>classes</c>, <c>positive</c>, <c>signature</c>, <c>dataset</c>,
    /// <c>largestDifference</c> (ONNX Runtime against the trainer).
    /// </summary>
    public const string Model = "model";

    /// <summary>
    /// Blob <c>report</c> (JSON: metrics with intervals, slices, gates, baseline, curves). Facts: <c>passed</c>, <c>rows</c>,
    /// <c>gates</c> [{metric, slice, threshold, value, passed, text}], <c>baseline</c> (version compared with, or null).
    /// </summary>
    public const string Report = "report";

    /// <summary>No blobs. Facts: <c>model</c>, <c>version</c>.</summary>
    public const string Pushed = "pushed";
}
