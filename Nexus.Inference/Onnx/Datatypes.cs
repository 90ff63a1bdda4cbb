using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nexus.Inference.Onnx;

/// <summary>What an element type is called and how many bytes it takes, in the protocol and in ONNX Runtime.</summary>
public static class Datatypes
{
    private static readonly (string Name, int Size, TensorElementType Element)[] All =
    [
        ("BOOL", 1, TensorElementType.Bool),
        ("UINT8", 1, TensorElementType.UInt8),
        ("UINT16", 2, TensorElementType.UInt16),
        ("UINT32", 4, TensorElementType.UInt32),
        ("UINT64", 8, TensorElementType.UInt64),
        ("INT8", 1, TensorElementType.Int8),
        ("INT16", 2, TensorElementType.Int16),
        ("INT32", 4, TensorElementType.Int32),
        ("INT64", 8, TensorElementType.Int64),
        ("FP16", 2, TensorElementType.Float16),
        ("FP32", 4, TensorElementType.Float),
        ("FP64", 8, TensorElementType.Double),
        ("BYTES", 0, TensorElementType.String),
    ];

    /// <summary>As the protocol writes it.</summary>
    public static string Name(this Datatype type) => All[(int)type].Name;

    /// <summary>Bytes per element; 0 for text, whose elements differ.</summary>
    public static int Size(this Datatype type) => All[(int)type].Size;

    public static bool IsFloat(this Datatype type) => type is Datatype.FP16 or Datatype.FP32 or Datatype.FP64;

    /// <summary>Null where the protocol has no such type.</summary>
    public static Datatype? Parse(string? name)
    {
        var at = Array.FindIndex(All, t => t.Name == name);
        return at < 0 ? null : (Datatype)at;
    }

    /// <summary>Null for what the protocol cannot carry (bfloat16, complex, 4 and 8 bit floats).</summary>
    public static Datatype? From(TensorElementType element)
    {
        var at = Array.FindIndex(All, t => t.Element == element);
        return at < 0 ? null : (Datatype)at;
    }

    internal static TensorElementType Element(this Datatype type) => All[(int)type].Element;
}
