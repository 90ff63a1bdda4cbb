using System.Runtime.InteropServices;

namespace Nexus.Inference.Onnx;

/// <summary>A constant of a graph. Numbers are kept as the little-endian bytes that the file holds.</summary>
public sealed record OnnxTensor(
    string Name, OnnxElement Element, IReadOnlyList<long> Dims, ReadOnlyMemory<byte> Raw, IReadOnlyList<string>? Texts = null)
{
    public static OnnxTensor Of(string name, ReadOnlySpan<float> values, params long[] dims) =>
        new(name, OnnxElement.Float, dims, MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor Of(string name, ReadOnlySpan<long> values, params long[] dims) =>
        new(name, OnnxElement.Int64, dims, MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor Of(string name, IReadOnlyList<string> values, params long[] dims) =>
        new(name, OnnxElement.Text, dims, default, values);
}
