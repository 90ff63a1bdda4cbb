using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nexus.Inference.Agents;

/// <summary>
/// A segment is a header (magic, number), then records: uint32 length, CRC-32C over length and payload, payload. What
/// follows the last record is zeros or the torn rest of a write.
/// </summary>
internal static class JournalFormat
{
    public const int SegmentHeader = 16;
    public const int RecordHeader = 8;
    public const byte SchemaRecord = 1;
    public const byte AnswerRecord = 2;
    public const byte FailureRecord = 3;

    /// <summary>Where an answer's or failure's payload names its schema.</summary>
    public const int SchemaNumberAt = 1;

    public static ReadOnlySpan<byte> Magic => "NXJRNL01"u8;

    public static void WriteSegmentHeader(Span<byte> to, long number)
    {
        Magic.CopyTo(to);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], number);
    }

    public static bool IsSegment(ReadOnlySpan<byte> header, long number) =>
        header.Length >= SegmentHeader && header.StartsWith(Magic) && BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == number;

    public static void WriteRecord(Span<byte> to, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(to[RecordHeader..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], Crc((uint)payload.Length, payload));
        // The length last: until it stands, the record does not.
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)payload.Length);
    }

    /// <returns>The record's payload length, or −1 where no whole, sound record begins here.</returns>
    /// <param name="needed">How many bytes must be seen to tell; more than there are means: read on, if there is more.</param>
    public static int Read(ReadOnlySpan<byte> data, out long needed)
    {
        needed = RecordHeader;
        if (data.Length < RecordHeader) return -1;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(data);
        if (length is 0 or > int.MaxValue - RecordHeader) return -1;
        needed = RecordHeader + (long)length;
        if (data.Length < needed) return -1;
        var payload = data.Slice(RecordHeader, (int)length);
        return Crc(length, payload) == BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) ? (int)length : -1;
    }

    private static uint Crc(uint length, ReadOnlySpan<byte> payload)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, length);
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var rest in payload[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
