using System.Diagnostics.CodeAnalysis;

namespace Nexus.Inference.Onnx;

/// <param name="Value">
/// float, long, string, <see cref="OnnxTensor"/> or <see cref="OnnxGraph"/>, or a list (<see cref="IReadOnlyList{T}"/>) of the first three.
/// </param>
[SuppressMessage("Naming", "CA1711", Justification = "The specification's own word.")]
public sealed record OnnxAttribute(string Name, object Value);
