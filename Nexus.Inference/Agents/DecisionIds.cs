using System.Buffers.Binary;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>Ids of the rows of one answer: the first is drawn, each next one counts on in its random part.</summary>
public static class DecisionIds
{
    private const ulong Variant = 0xC000_0000_0000_0000;

    /// <param name="now">What that clock said.</param>
    public static Guid First(TimeProvider time, DateTimeOffset now) => Ids.New(time, now);

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
