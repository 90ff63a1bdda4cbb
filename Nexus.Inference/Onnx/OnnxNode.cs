namespace Nexus.Inference.Onnx;

/// <param name="Domain">Empty for ai.onnx.</param>
public sealed record OnnxNode(
    string OpType, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes, string Domain = "");
