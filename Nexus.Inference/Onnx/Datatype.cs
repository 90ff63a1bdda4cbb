namespace Nexus.Inference.Onnx;

/// <summary>The element types of tensors, as the Open Inference Protocol counts them.</summary>
public enum Datatype
{
    Bool,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int8,
    Int16,
    Int32,
    Int64,
    FP16,
    FP32,
    FP64,

    /// <summary>Text, UTF-8.</summary>
    Bytes,
}
