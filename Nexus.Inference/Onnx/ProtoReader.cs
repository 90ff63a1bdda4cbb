using System.Buffers.Binary;
using System.Text;

namespace Nexus.Inference.Onnx;

/// <summary>Walks the fields of one protobuf message over foreign bytes: no copy, no recursion, every length checked against what is there.</summary>
/// <exception cref="InvalidDataException">From every member: the bytes are no protobuf message.</exception>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public int Field { get; private set; }

    /// <summary>0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes.</summary>
    public int Wire { get; private set; }

    /// <summary>The field's varint, or its four or eight bytes as an integer.</summary>
    public ulong Number { get; private set; }

    /// <summary>The field's content where it is length-delimited.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Content);

    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        // Readers that take a tag for 32 bits would see another field in a longer one than is seen here.
        var tag = Varint();
        if (tag > uint.MaxValue) throw new InvalidDataException("A field has a number of more than 29 bits.");
        (Field, Wire, Number) = ((int)(tag >> 3), (int)(tag & 7), 0);
        Content = default;
        if (Field == 0) throw new InvalidDataException("A field has the number 0.");
        switch (Wire)
        {
            case 0: Number = Varint(); break;
            case 1: Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8)); break;
            case 2: Content = Take(Varint()); break;
            case 5: Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            default: throw new InvalidDataException($"Wire type {Wire} is not one that ONNX uses.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length) throw new InvalidDataException("The file ends in the middle of a field.");
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("An integer is longer than ten bytes.");
    }
}
