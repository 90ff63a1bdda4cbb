using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Nexus.Inference.Onnx;

/// <summary>One output of the call that ran last. Valid until the slot runs again or is given back.</summary>
public sealed class OutputBuffer : IDisposable
{
    private byte[] _data = [];
    private OrtValue? _value;
    private long[] _shape = [];
    private bool _bound;

    internal OutputBuffer(TensorPort port) => Port = port;

    public TensorPort Port { get; }

    public ReadOnlySpan<long> Shape => _shape;

    public int Count { get; private set; }

    internal OrtValue Value => _value!;

    /// <summary>The elements; not for text.</summary>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Raw);

    /// <summary>The bytes of all elements, little-endian, row-major; not for text.</summary>
    public ReadOnlySpan<byte> Raw => _bound ? _data.AsSpan(0, Count * Port.Datatype.Size()) : _value!.GetTensorMutableRawData();

    /// <summary>A text element, UTF-8.</summary>
    public ReadOnlySpan<byte> Text(int index) => _value!.GetStringElementAsSpan(index);

    public void Dispose() => _value?.Dispose();

    /// <summary>Memory of our own for a shape that is known before the call.</summary>
    internal void Bind(int rows)
    {
        _shape = [rows, .. Port.Shape.AsSpan(1)];
        Count = checked(rows * Port.RowElements);
        _bound = Port.Datatype != Datatype.Bytes;
        _value?.Dispose();
        if (!_bound)
        {
            _value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, _shape);
            return;
        }

        var bytes = Count * Port.Datatype.Size();
        if (_data.Length < bytes) _data = GC.AllocateUninitializedArray<byte>(Math.Max(bytes, 8), pinned: true);
        _value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, Port.Datatype.Element(), _shape, Marshal.UnsafeAddrOfPinnedArrayElement(_data, 0), bytes);
    }

    /// <summary>What the runtime allocated, where the shape is known only afterwards.</summary>
    internal void Adopt(OrtValue value)
    {
        _value?.Dispose();
        _value = value;
        _bound = false;
        _shape = value.GetTensorTypeAndShape().Shape;
        Count = (int)_shape.Aggregate(1L, (product, dimension) => product * dimension);
    }
}
