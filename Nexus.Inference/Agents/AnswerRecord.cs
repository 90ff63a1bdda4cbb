using System.Buffers;
using System.Buffers.Binary;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>
/// Packs an answer for the journal: what identifies it, the texts given with it, then per row label and scores, and the
/// inputs as the model's own tensors. All little-endian; the schema's number is filled in by the journal.
/// </summary>
internal static class AnswerRecord
{
    public const ushort NoText = ushort.MaxValue;
    public const int InlineLabel = -2;
    public const int NoLabel = -1;
    public const int FailureBytes = 13;

    public static void Write(ArrayBufferWriter<byte> to, InferenceCall call, in DecisionDetails details, Guid first, int latencyMicroseconds)
    {
        var head = to.GetSpan(41);
        head[0] = JournalFormat.AnswerRecord;
        BinaryPrimitives.WriteInt64LittleEndian(head[5..], UtcMicroseconds.From(call.At));
        BinaryPrimitives.WriteInt32LittleEndian(head[13..], latencyMicroseconds);
        BinaryPrimitives.WriteInt32LittleEndian(head[17..], call.PlanRevision);
        BinaryPrimitives.WriteInt32LittleEndian(head[21..], call.Rows);
        first.TryWriteBytes(head[25..], bigEndian: true, out _);
        to.Advance(41);
        Short(to, call.Utf8Variant, given: true);
        Short(to, details.Unit, details.HasUnit);
        Short(to, details.Subject, details.HasSubject);
        Long(to, details.Inputs);
        Long(to, details.Context);
        for (var row = 0; row < call.Rows; row++) Label(to, call, row);
        if (call.Scores is { } scores) Bytes(to, scores.Raw);
        foreach (var input in call.Slot.Inputs)
        {
            Number(to, call.Rows == 0 ? 0 : input.Count / call.Rows);
            Long(to, input.Packed);
        }
    }

    public static void WriteFailure(Span<byte> to, DateTimeOffset at)
    {
        to[0] = JournalFormat.FailureRecord;
        BinaryPrimitives.WriteInt64LittleEndian(to[5..], UtcMicroseconds.From(at));
    }

    private static void Label(ArrayBufferWriter<byte> to, InferenceCall call, int row)
    {
        var index = call.LabelOf(row, out var text);
        if (index >= 0 || text.IsEmpty)
        {
            Number(to, index >= 0 ? index : NoLabel);
            return;
        }

        Number(to, InlineLabel);
        Short(to, text.Length < NoText ? text : text[..Cut(text)], given: true);
    }

    // Not inside a character.
    private static int Cut(ReadOnlySpan<byte> utf8)
    {
        var at = 1000;
        while ((utf8[at] & 0xC0) == 0x80) at--;
        return at;
    }

    private static void Number(ArrayBufferWriter<byte> to, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(sizeof(int)), value);
        to.Advance(sizeof(int));
    }

    private static void Short(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> utf8, bool given)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to.GetSpan(sizeof(ushort)), given ? checked((ushort)utf8.Length) : NoText);
        to.Advance(sizeof(ushort));
        if (given) Bytes(to, utf8);
    }

    private static void Long(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        Number(to, bytes.Length);
        Bytes(to, bytes);
    }

    private static void Bytes(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to.GetSpan(bytes.Length));
        to.Advance(bytes.Length);
    }
}
