namespace Nexus.Inference.Onnx;

/// <param name="Opsets">Domain (empty for ai.onnx) → version.</param>
/// <param name="Metadata">Key → value, readable by every ONNX tool.</param>
public sealed record OnnxModel(
    OnnxGraph Graph, IReadOnlyDictionary<string, long> Opsets, IReadOnlyDictionary<string, string> Metadata, long IrVersion = 9);
