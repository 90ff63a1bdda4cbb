namespace Nexus.Inference.Onnx;

/// <summary>Integers into tensors of any integer type.</summary>
public static class TensorNumbers
{
    /// <summary>Whether the type holds the value.</summary>
    public static bool Fits(Datatype type, long value) => type switch
    {
        Datatype.UInt8 => value is >= byte.MinValue and <= byte.MaxValue,
        Datatype.UInt16 => value is >= ushort.MinValue and <= ushort.MaxValue,
        Datatype.UInt32 => value is >= uint.MinValue and <= uint.MaxValue,
        Datatype.UInt64 => value >= 0,
        Datatype.Int8 => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        Datatype.Int16 => value is >= short.MinValue and <= short.MaxValue,
        Datatype.Int32 => value is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    /// <summary>A value that <see cref="Fits"/>.</summary>
    public static void Put(InputBuffer input, int at, long value)
    {
        switch (input.Port.Datatype.Size())
        {
            case 1: input.Values<byte>()[at] = (byte)value; break;
            case 2: input.Values<ushort>()[at] = (ushort)value; break;
            case 4: input.Values<uint>()[at] = (uint)value; break;
            default: input.Values<long>()[at] = value; break;
        }
    }
}
