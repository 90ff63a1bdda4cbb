using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>
/// Reads back what <see cref="AnswerRecord"/> packed: one decision a row. Payloads and features of one batch lie one after the
/// other in memory that the next batch uses again.
/// </summary>
internal sealed class AnswerDecoder : IDisposable
{
    private readonly PayloadWriter _payload = new();
    private FeatureValue[] _features = new FeatureValue[1024];
    private TensorColumn[] _columns = [];
    private string?[] _labels = [];
    private double[] _scores = [];
    private int _taken;

    /// <summary>Of payloads, since <see cref="Begin"/>.</summary>
    public int DecodedBytes => _payload.WrittenBytes;

    public static JournaledFailure Failure(DecisionSchema schema, ReadOnlySpan<byte> record) =>
        new(schema, UtcMicroseconds.To(BinaryPrimitives.ReadInt64LittleEndian(record[5..])));

    /// <summary>What was decoded so far is not read any more.</summary>
    public void Begin()
    {
        _payload.Begin();
        _taken = 0;
    }

    public void Answer(DecisionSchema schema, ReadOnlyMemory<byte> record, List<JournaledDecision> to)
    {
        var reader = new Fields(record[5..]);
        var at = UtcMicroseconds.To(reader.Int64());
        var latency = reader.Int32();
        var revision = reader.Int32();
        var rows = reader.Int32();
        var first = new Guid(reader.Take(16).Span, bigEndian: true);
        var variant = reader.Short() is { } text ? schema.Text.Variant(text.Span) : "";
        var unit = Text(reader.Short());
        var subject = Text(reader.Short());
        var given = reader.Long().Span;
        var context = reader.Long().Span;
        if (_labels.Length < rows) _labels = new string?[rows];
        for (var row = 0; row < rows; row++) _labels[row] = Label(schema, ref reader);
        ReadScores(schema, rows, ref reader);
        ReadColumns(schema, rows, ref reader);
        for (var row = 0; row < rows; row++)
        {
            var scores = _scores.AsSpan(row * schema.Scores, schema.Scores);
            to.Add(new(
                schema, DecisionIds.OfRow(first, row), at, variant, revision, unit, subject, _labels[row], Score(schema, _labels[row], scores), latency,
                Features(row), _payload.Write(schema, given, _columns, row, scores, context)));
        }
    }

    public void Dispose() => _payload.Dispose();

    private static string? Label(DecisionSchema schema, ref Fields reader) => reader.Int32() switch
    {
        AnswerRecord.InlineLabel => Text(reader.Short()),
        AnswerRecord.NoLabel => null,
        var index => schema.Classes[index],
    };

    private static string? Text(ReadOnlyMemory<byte>? utf8) => utf8 is { } text ? Encoding.UTF8.GetString(text.Span) : null;

    private void ReadScores(DecisionSchema schema, int rows, ref Fields reader)
    {
        var count = rows * schema.Scores;
        if (_scores.Length < count) _scores = new double[count];
        if (schema.Wide)
        {
            MemoryMarshal.Cast<byte, double>(reader.Take(count * sizeof(double)).Span).CopyTo(_scores);
            return;
        }

        var narrow = MemoryMarshal.Cast<byte, float>(reader.Take(count * sizeof(float)).Span);
        for (var i = 0; i < narrow.Length; i++) _scores[i] = narrow[i];
    }

    private static double? Score(DecisionSchema schema, string? label, ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) return null;
        var at = schema.Classes.Count == 0 ? 0 : label is null ? -1 : IndexOf(schema.Classes, label);
        return at >= 0 && double.IsFinite(scores[at]) ? scores[at] : null;
    }

    private static int IndexOf(IReadOnlyList<string> classes, string label)
    {
        // A label by its index is the very text of the classes.
        for (var i = 0; i < classes.Count; i++) if (ReferenceEquals(classes[i], label)) return i;
        for (var i = 0; i < classes.Count; i++) if (classes[i] == label) return i;
        return -1;
    }

    private void ReadColumns(DecisionSchema schema, int rows, ref Fields reader)
    {
        if (_columns.Length != schema.Inputs.Count) _columns = [.. schema.Inputs.Select(_ => new TensorColumn())];
        for (var i = 0; i < _columns.Length; i++)
        {
            var elements = reader.Int32();
            _columns[i].Read(schema.Inputs[i].Datatype, elements, rows, reader.Long());
        }
    }

    private ReadOnlyMemory<FeatureValue> Features(int row)
    {
        // What was given out stays in the smaller array.
        if (_features.Length - _taken < _columns.Length) (_features, _taken) = (new FeatureValue[Math.Max(_features.Length * 2, _columns.Length)], 0);
        var mine = _features.AsMemory(_taken, _columns.Length);
        for (var i = 0; i < _columns.Length; i++) _features[_taken + i] = _columns[i].First(row);
        _taken += _columns.Length;
        return mine;
    }

    private struct Fields(ReadOnlyMemory<byte> bytes)
    {
        private ReadOnlyMemory<byte> _rest = bytes;

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);

        public ReadOnlyMemory<byte>? Short()
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)).Span);
            return length == AnswerRecord.NoText ? (ReadOnlyMemory<byte>?)null : Take(length); // a bare null would be empty memory
        }

        public ReadOnlyMemory<byte> Long() => Take(Int32());

        public ReadOnlyMemory<byte> Take(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
