using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Nexus.Inference.Onnx;

/// <summary>The memory of one input, bound to the session once and filled anew for each call.</summary>
public sealed class InputBuffer : IDisposable
{
    private byte[] _data = [];
    private OrtValue? _value;

    internal InputBuffer(TensorPort port) => Port = port;

    public TensorPort Port { get; }

    /// <summary>The shape in force.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>Elements of that shape.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The tensor's bytes, little-endian, row-major; for text each element as a uint32 length and its UTF-8, as far as set.
    /// </summary>
    public ReadOnlySpan<byte> Packed => Port.Datatype == Datatype.Bytes ? _texts.WrittenSpan : _data.AsSpan(0, Count * Port.Datatype.Size());

    private readonly ArrayBufferWriter<byte> _texts = new();
    private long[] _shape = [];

    internal OrtValue Value => _value!;

    /// <summary>The elements, to be written; not for text.</summary>
    public Span<T> Values<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_data.AsSpan(0, Count * Port.Datatype.Size()));

    /// <summary>The bytes of all elements, to be written; not for text.</summary>
    public Span<byte> Raw => _data.AsSpan(0, Count * Port.Datatype.Size());

    /// <summary>Sets the next text element; call for each element, in order.</summary>
    public void SetText(int index, ReadOnlySpan<byte> utf8)
    {
        _value!.StringTensorSetElementAt(utf8, index);
        var packed = _texts.GetSpan(sizeof(uint) + utf8.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(packed, (uint)utf8.Length);
        utf8.CopyTo(packed[sizeof(uint)..]);
        _texts.Advance(sizeof(uint) + utf8.Length);
    }

    public void Dispose() => _value?.Dispose();

    /// <returns>Whether the tensor is another than before and must be bound again.</returns>
    internal bool Take(ReadOnlySpan<long> shape)
    {
        _texts.ResetWrittenCount();
        if (_value is not null && shape.SequenceEqual(_shape)) return false;
        _shape = shape.ToArray();
        Count = checked((int)_shape.Aggregate(1L, (product, dimension) => checked(product * dimension)));
        _value?.Dispose();
        _value = Port.Datatype == Datatype.Bytes
            ? OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, _shape)
            : Allocate();
        return true;
    }

    private OrtValue Allocate()
    {
        var bytes = checked(Count * Port.Datatype.Size());
        if (_data.Length < bytes) _data = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, 8), pinned: true);
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, Port.Datatype.Element(), _shape, Marshal.UnsafeAddrOfPinnedArrayElement(_data, 0), bytes);
    }
}
