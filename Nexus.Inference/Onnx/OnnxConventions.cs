namespace Nexus.Inference.Onnx;

/// <summary>
/// How the portal's own models take raw values. One input per raw column, <c>[-1, 1]</c>: FP32 for numbers and booleans (1 and
/// 0), BYTES for text and categories, INT64 microseconds since 1970-01-01 UTC for times and dates. What is missing is
/// NaN, the empty text, or <see cref="MissingTime"/>.
/// </summary>
public static class OnnxConventions
{
    public const float MissingNumber = float.NaN;
    public const string MissingText = "";
    public const long MissingTime = long.MinValue;

    /// <summary>Output: the raw class as text, <c>[-1, 1]</c> BYTES. Classification only.</summary>
    public const string Label = "label";

    /// <summary>Output: a probability per class, in the order of the signature's classes, <c>[-1, classes]</c> FP32. Classification only.</summary>
    public const string Scores = "scores";

    /// <summary>Output: the predicted number, <c>[-1, 1]</c> FP32. Regression only.</summary>
    public const string Prediction = "prediction";
}
