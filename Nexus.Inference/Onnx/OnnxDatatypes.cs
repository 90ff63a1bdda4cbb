namespace Nexus.Inference.Onnx;

/// <summary>ONNX element types as the Open Inference Protocol writes them.</summary>
public static class OnnxDatatypes
{
    /// <summary>FP32, INT64, BYTES …; null for a type that the protocol does not have.</summary>
    public static string? Of(OnnxElement element) => element switch
    {
        OnnxElement.Float => "FP32",
        OnnxElement.Double => "FP64",
        OnnxElement.Float16 => "FP16",
        OnnxElement.BFloat16 => "BF16",
        OnnxElement.UInt8 => "UINT8",
        OnnxElement.UInt16 => "UINT16",
        OnnxElement.UInt32 => "UINT32",
        OnnxElement.UInt64 => "UINT64",
        OnnxElement.Int8 => "INT8",
        OnnxElement.Int16 => "INT16",
        OnnxElement.Int32 => "INT32",
        OnnxElement.Int64 => "INT64",
        OnnxElement.Bool => "BOOL",
        OnnxElement.Text => "BYTES",
        _ => null,
    };
}
