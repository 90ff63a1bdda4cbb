using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Web.Agents;

/// <summary>A tensor's elements, from JSON (flat or nested) or from the bytes that follow it.</summary>
internal static class OipTensorReader
{
    private const int MaxText = 100_000;

    /// <summary>The reader stands on the array's start; afterwards on its end.</summary>
    public static void ReadJson(ref Utf8JsonReader reader, InputBuffer buffer)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Bad(buffer, "has data that is no array");
        var (depth, at) = (reader.CurrentDepth, 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray when reader.CurrentDepth == depth:
                    if (at != buffer.Count) throw Bad(buffer, $"has {at} elements, but its shape {TensorPort.Text(buffer.Shape)} needs {buffer.Count}");
                    return;
                case JsonTokenType.StartArray when reader.CurrentDepth - depth < buffer.Shape.Length:
                case JsonTokenType.EndArray:
                    continue;
                case JsonTokenType.StartArray:
                    throw Bad(buffer, $"has data nested deeper than its shape {TensorPort.Text(buffer.Shape)}");
                default:
                    if (at == buffer.Count) throw Bad(buffer, $"has more elements than its shape {TensorPort.Text(buffer.Shape)} needs, {buffer.Count}");
                    Element(ref reader, buffer, at++);
                    continue;
            }
        }
    }

    /// <summary>Takes that many bytes from the front.</summary>
    public static void ReadBinary(ref ReadOnlySpan<byte> binary, long size, InputBuffer buffer)
    {
        if (size > binary.Length) throw Bad(buffer, $"has binary_data_size {size}, but {binary.Length} bytes are left in the body");
        var mine = binary[..(int)size];
        binary = binary[(int)size..];
        if (buffer.Port.Datatype == Datatype.Bytes)
        {
            Texts(mine, buffer);
            return;
        }

        var needed = buffer.Raw.Length;
        if (size != needed) throw Bad(buffer, $"has {size} bytes, but its shape {TensorPort.Text(buffer.Shape)} of {buffer.Port.Datatype.Name()} needs {needed}");
        mine.CopyTo(buffer.Raw);
        if (buffer.Port.Datatype != Datatype.Bool) return;
        foreach (ref var truth in buffer.Raw) truth = truth == 0 ? (byte)0 : (byte)1;
    }

    private static void Texts(ReadOnlySpan<byte> bytes, InputBuffer buffer)
    {
        for (var at = 0; at < buffer.Count; at++)
        {
            if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var length && length > bytes.Length - sizeof(uint))
                throw Bad(buffer, $"ends within element {at} of {buffer.Count}");
            SetText(buffer, at, bytes.Slice(sizeof(uint), (int)length));
            bytes = bytes[(sizeof(uint) + (int)length)..];
        }

        if (!bytes.IsEmpty) throw Bad(buffer, $"has {bytes.Length} bytes more than its shape {TensorPort.Text(buffer.Shape)} needs");
    }

    private static void Element(ref Utf8JsonReader reader, InputBuffer buffer, int at)
    {
        var missing = reader.TokenType == JsonTokenType.Null;
        switch (buffer.Port.Datatype)
        {
            case Datatype.FP32: buffer.Values<float>()[at] = missing ? float.NaN : (float)Real(ref reader, buffer, at, float.MaxValue); break;
            case Datatype.FP64: buffer.Values<double>()[at] = missing ? double.NaN : Real(ref reader, buffer, at, double.MaxValue); break;
            case Datatype.FP16: buffer.Values<Half>()[at] = missing ? Half.NaN : (Half)Real(ref reader, buffer, at, (double)Half.MaxValue); break;
            case Datatype.Bytes when missing: buffer.SetText(at, default); break;
            case Datatype.Bytes when reader.TokenType == JsonTokenType.String:
                SetText(buffer, at, reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
                break;
            case Datatype.Bool when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                buffer.Values<byte>()[at] = reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
                break;
            case Datatype.UInt64 when reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var big): buffer.Values<ulong>()[at] = big; break;
            case not (Datatype.Bytes or Datatype.Bool): TensorNumbers.Put(buffer, at, Whole(ref reader, buffer, at)); break;
            default: throw Wrong(buffer, at);
        }
    }

    private static double Real(ref Utf8JsonReader reader, InputBuffer buffer, int at, double largest)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value) || !(Math.Abs(value) <= largest)) throw Wrong(buffer, at);
        return value;
    }

    private static long Whole(ref Utf8JsonReader reader, InputBuffer buffer, int at)
    {
        if (reader.TokenType != JsonTokenType.Number) throw Wrong(buffer, at);
        if (!reader.TryGetInt64(out var value))
        {
            // 2.0 is a way to write 2.
            if (!reader.TryGetDouble(out var real) || real != Math.Floor(real) || Math.Abs(real) >= 9.2e18) throw Wrong(buffer, at);
            value = (long)real;
        }

        return TensorNumbers.Fits(buffer.Port.Datatype, value) ? value : throw Wrong(buffer, at);
    }

    private static void SetText(InputBuffer buffer, int at, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw Bad(buffer, $"has element {at} that is not UTF-8");
        if (utf8.Length > MaxText && Encoding.UTF8.GetCharCount(utf8) > MaxText) throw Bad(buffer, $"has element {at} of more than {MaxText:N0} characters");
        buffer.SetText(at, utf8);
    }

    private static RefusedException Wrong(InputBuffer buffer, int at) => Bad(buffer, $"has element {at} that is no {buffer.Port.Datatype.Name()}");

    private static RefusedException Bad(InputBuffer buffer, string why) => Refused.Malformed($"The input tensor '{buffer.Port.Name}' {why}.");
}
