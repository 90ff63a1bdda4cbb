using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>Reads back what <see cref="AnswerRecord"/> packed: one decision a row.</summary>
internal sealed class AnswerDecoder : IDisposable
{
    private readonly PayloadWriter _payload = new();

    public static JournaledFailure Failure(DecisionSchema schema, ReadOnlySpan<byte> record) =>
        new(schema, UtcMicroseconds.To(BinaryPrimitives.ReadInt64LittleEndian(record[5..])));

    public void Answer(DecisionSchema schema, ReadOnlySpan<byte> record, List<JournaledDecision> to)
    {
        var reader = new Fields(record[5..]);
        var at = UtcMicroseconds.To(reader.Int64());
        var latency = reader.Int32();
        var revision = reader.Int32();
        var rows = reader.Int32();
        var first = new Guid(reader.Take(16), bigEndian: true);
        var variant = reader.Short() ?? "";
        var unit = reader.Short();
        var subject = reader.Short();
        var given = reader.Long();
        var context = reader.Long();
        var labels = new string?[rows];
        for (var row = 0; row < rows; row++) labels[row] = Label(schema, ref reader);
        var scores = Scores(schema, rows, ref reader);
        var columns = Columns(schema, rows, ref reader);
        for (var row = 0; row < rows; row++)
        {
            var mine = scores.AsSpan(row * schema.Scores, schema.Scores);
            to.Add(new(
                schema, DecisionIds.OfRow(first, row), at, variant, revision, unit, subject, labels[row], Score(schema, labels[row], mine), latency,
                Array.ConvertAll(columns, c => c.First(row)), _payload.Write(schema, given, columns, row, mine, context)));
        }
    }

    public void Dispose() => _payload.Dispose();

    private static string? Label(DecisionSchema schema, ref Fields reader) => reader.Int32() switch
    {
        AnswerRecord.InlineLabel => reader.Short(),
        AnswerRecord.NoLabel => null,
        var index => schema.Classes[index],
    };

    private static double[] Scores(DecisionSchema schema, int rows, ref Fields reader)
    {
        var scores = new double[rows * schema.Scores];
        if (schema.Wide) MemoryMarshal.Cast<byte, double>(reader.Take(scores.Length * sizeof(double))).CopyTo(scores);
        else
        {
            var narrow = MemoryMarshal.Cast<byte, float>(reader.Take(scores.Length * sizeof(float)));
            for (var i = 0; i < scores.Length; i++) scores[i] = narrow[i];
        }

        return scores;
    }

    private static double? Score(DecisionSchema schema, string? label, ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) return null;
        var at = schema.Classes.Count == 0 ? 0 : label is null ? -1 : IndexOf(schema.Classes, label);
        return at >= 0 && double.IsFinite(scores[at]) ? scores[at] : null;
    }

    private static int IndexOf(IReadOnlyList<string> classes, string label)
    {
        for (var i = 0; i < classes.Count; i++) if (classes[i] == label) return i;
        return -1;
    }

    private static TensorColumn[] Columns(DecisionSchema schema, int rows, ref Fields reader)
    {
        var columns = new TensorColumn[schema.Inputs.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var elements = reader.Int32();
            columns[i] = TensorColumn.Read(schema.Inputs[i].Datatype, elements, rows, reader.Long());
        }

        return columns;
    }

    private ref struct Fields(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        public string? Short()
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));
            return length == AnswerRecord.NoText ? null : Encoding.UTF8.GetString(Take(length));
        }

        public ReadOnlySpan<byte> Long() => Take(Int32());

        public ReadOnlySpan<byte> Take(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
