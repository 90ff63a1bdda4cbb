namespace Nexus.Inference.Onnx;

/// <param name="Shape">−1 for a free dimension.</param>
/// <param name="Documentation">For people who open the file.</param>
public sealed record OnnxValueInfo(string Name, OnnxElement Element, IReadOnlyList<long> Shape, string Documentation = "");
