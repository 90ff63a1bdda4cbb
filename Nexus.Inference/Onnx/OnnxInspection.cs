using Nexus.Data.Registry;

namespace Nexus.Inference.Onnx;

/// <summary>What an ONNX file says of itself, read without running it.</summary>
/// <param name="Inputs">The graph's inputs without its constants.</param>
/// <param name="Opsets">Domain (<c>ai.onnx</c> for the default one) → version.</param>
/// <param name="Problems">Why it cannot be served, as sentences; empty for a sound file.</param>
public sealed record OnnxInspection(
    IReadOnlyList<TensorSignature> Inputs,
    IReadOnlyList<TensorSignature> Outputs,
    IReadOnlyDictionary<string, long> Opsets,
    IReadOnlyDictionary<string, string> Metadata,
    int Nodes,
    IReadOnlyList<string> Problems);
