using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nexus.Inference.Agents;

/// <summary>Ids of the rows of one answer: the first is drawn, each next one counts on in its random part.</summary>
public static class DecisionIds
{
    private const ulong Variant = 0xC000_0000_0000_0000;

    // Random bytes are drawn by the page: one call to the system serves hundreds of ids.
    private const int RandomBytes = 4096;
    private const int BytesPerId = 10;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    /// <summary>A version 7 UUID of that time.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        NextRandom().CopyTo(bytes[6..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new(bytes, bigEndian: true);
    }

    private static ReadOnlySpan<byte> NextRandom()
    {
        if (_random is null || _used + BytesPerId > RandomBytes)
        {
            RandomNumberGenerator.Fill(_random ??= new byte[RandomBytes]);
            _used = 0;
        }

        var taken = _random.AsSpan(_used, BytesPerId);
        _used += BytesPerId;
        return taken;
    }

    public static Guid OfRow(Guid first, int row)
    {
        if (row == 0) return first;
        Span<byte> bytes = stackalloc byte[16];
        first.TryWriteBytes(bytes, bigEndian: true, out _);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (low & Variant) | ((low + (ulong)row) & ~Variant));
        return new(bytes, bigEndian: true);
    }
}
