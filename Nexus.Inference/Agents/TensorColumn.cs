using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>One input's values over the rows of the answer that was read last; one after the other is read into it.</summary>
internal sealed class TensorColumn
{
    private Datatype _type;
    private int _elements;
    private ReadOnlyMemory<byte> _raw;
    private string[]? _texts;

    public void Read(Datatype type, int elements, int rows, ReadOnlyMemory<byte> packed)
    {
        (_type, _elements, _raw, _texts) = (type, elements, packed, null);
        if (type != Datatype.Bytes) return;
        _texts = new string[elements * rows];
        var rest = packed.Span;
        for (var i = 0; i < _texts.Length; i++)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(rest);
            _texts[i] = Encoding.UTF8.GetString(rest.Slice(sizeof(uint), length));
            rest = rest[(sizeof(uint) + length)..];
        }
    }

    /// <summary>The row's first element, as monitoring takes it.</summary>
    public FeatureValue First(int row)
    {
        if (_elements == 0) return FeatureValue.Missing;
        var at = row * _elements;
        if (_texts is not null) return _texts[at].Length == 0 ? FeatureValue.Missing : new(double.NaN, _texts[at]);
        return _type == Datatype.Int64 && Value<long>(at) == OnnxConventions.MissingTime ? FeatureValue.Missing : new(Number(at), null);
    }

    /// <summary>The row's element, or an array of them.</summary>
    public void Write(Utf8JsonWriter json, int row)
    {
        if (_elements != 1) json.WriteStartArray();
        for (var e = 0; e < _elements; e++) WriteElement(json, (row * _elements) + e);
        if (_elements != 1) json.WriteEndArray();
    }

    private void WriteElement(Utf8JsonWriter json, int at)
    {
        switch (_type)
        {
            case Datatype.Bytes: json.WriteStringValue(_texts![at]); break;
            case Datatype.Bool: json.WriteBooleanValue(_raw.Span[at] != 0); break;
            case Datatype.UInt64: json.WriteNumberValue(Value<ulong>(at)); break;
            case Datatype.Int64 when Value<long>(at) == OnnxConventions.MissingTime: json.WriteNullValue(); break;
            case Datatype.Int64: json.WriteNumberValue(Value<long>(at)); break;
            case Datatype.FP32 when float.IsFinite(Value<float>(at)): json.WriteNumberValue(Value<float>(at)); break;
            default:
                var number = Number(at);
                if (double.IsFinite(number)) json.WriteNumberValue(number);
                else json.WriteNullValue();
                break;
        }
    }

    private double Number(int at) => _type switch
    {
        Datatype.Bool or Datatype.UInt8 => _raw.Span[at],
        Datatype.Int8 => (sbyte)_raw.Span[at],
        Datatype.UInt16 => Value<ushort>(at),
        Datatype.Int16 => Value<short>(at),
        Datatype.UInt32 => Value<uint>(at),
        Datatype.Int32 => Value<int>(at),
        Datatype.UInt64 => Value<ulong>(at),
        Datatype.Int64 => Value<long>(at),
        Datatype.FP16 => (double)Value<Half>(at),
        Datatype.FP32 => Value<float>(at),
        _ => Value<double>(at),
    };

    private T Value<T>(int at) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_raw.Span)[at];
}
