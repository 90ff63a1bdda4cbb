namespace Nexus.Inference.Monitoring;

/// <summary>
/// Counts as bytes that grow with what was counted, not with the room for it: pairs of (bins skipped, count), each a
/// little-endian base-128 number.
/// </summary>
internal static class PackedCounts
{
    public static byte[] Pack(ReadOnlySpan<long> counts)
    {
        using var bytes = new MemoryStream();
        var last = -1;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            Write(bytes, (ulong)(i - last - 1));
            Write(bytes, (ulong)counts[i]);
            last = i;
        }

        return bytes.ToArray();
    }

    /// <summary>Adds what <see cref="Pack"/> packed. A bin beyond the room is left out: it was packed by another layout.</summary>
    public static void Add(ReadOnlySpan<byte> packed, Span<long> counts)
    {
        var at = -1L;
        while (!packed.IsEmpty)
        {
            at += (long)Read(ref packed) + 1;
            var count = (long)Read(ref packed);
            if ((ulong)at >= (ulong)counts.Length) return;
            counts[(int)at] += count;
        }
    }

    internal static void Write(Stream to, ulong value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }

    internal static ulong Read(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = from[0];
            from = from[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) break;
        }

        return value;
    }
}
