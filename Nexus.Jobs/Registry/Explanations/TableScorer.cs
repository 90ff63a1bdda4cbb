using System.Globalization;
using System.Text;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>
/// Lets any served ONNX answer rows of a table: columns by name, or for one input of many numbers the columns that were given
/// for it, in their order. Answers come as the metrics take them: for two classes the positive one last.
/// </summary>
internal sealed class TableScorer : ITableModel, IDisposable
{
    // How wide a foreign model becomes inside is not known; small batches keep its memory bounded.
    private const int Batch = 256;

    private readonly ModelSession _session;
    private readonly IReadOnlyList<IReadOnlyList<string>> _columns;
    private readonly int[] _order;

    /// <param name="columns">Per input of the session the columns that fill it.</param>
    /// <exception cref="RefusedException">Invalid, where it cannot be told what the model answers.</exception>
    public TableScorer(ModelSession session, ModelSignature signature, IReadOnlyList<IReadOnlyList<string>> columns)
    {
        (_session, _columns) = (session, columns);
        var reading = session.Reading;
        Task = signature.Task ?? (reading.IsValue ? "regression" : reading.Classes.Count == 2 ? "binary" : "multiclass");
        if (!session.IsRowWise) throw Refused.Invalid("The model takes rows in batches of one size only; it cannot be explained.");
        if (Task == "regression" ? reading.Scores < 0 : reading.Scores < 0 && reading.Label < 0)
            throw Refused.Invalid("The model answers neither scores nor a label that are understood; it cannot be explained.");
        if (Task == "binary" && reading.Classes.Count != 2) throw Refused.Invalid($"The model is said to be binary and answers {reading.Classes.Count} classes.");
        _order = [.. Enumerable.Range(0, reading.Classes.Count)];
        if (Task == "binary" && signature.Positive is { } positive && positive == reading.Classes[0]) _order = [1, 0];
        Classes = Task == "regression" ? [] : [.. _order.Select(c => reading.Classes[c])];
    }

    public string Task { get; }

    public IReadOnlyList<string> Classes { get; }

    private int Width => Math.Max(1, Classes.Count);

    public float[] Score(RawTable table, CancellationToken ct)
    {
        var results = new float[table.Rows * Width];
        for (var from = 0; from < table.Rows; from += Batch)
        {
            ct.ThrowIfCancellationRequested();
            var rows = Math.Min(Batch, table.Rows - from);
            var slot = _session.Rent(rows);
            try
            {
                Fill(slot, table, from, rows);
                slot.Run(rows);
                Read(slot, results.AsSpan(from * Width, rows * Width), rows);
            }
            finally
            {
                _session.Return(slot);
            }
        }

        return results;
    }

    public void Dispose() => _session.Leave();

    private void Fill(InferenceSlot slot, RawTable table, int from, int rows)
    {
        slot.Prepare(rows);
        for (var i = 0; i < slot.Inputs.Length; i++)
        {
            var (input, names) = (slot.Inputs[i], _columns[i]);
            for (var c = 0; c < names.Count; c++)
            {
                var column = table.Columns[names[c]];
                for (var r = 0; r < rows; r++) Put(input, (r * names.Count) + c, column, from + r);
            }
        }
    }

    private static void Put(InputBuffer input, int at, RawColumn column, int row)
    {
        if (column.Texts is { } texts) input.SetText(at, Encoding.UTF8.GetBytes(texts[row]));
        else if (column.Times is { } times) input.Values<long>()[at] = times[row];
        else if (input.Port.Datatype == Datatype.FP32) input.Values<float>()[at] = column.Numbers![row];
        else if (input.Port.Datatype == Datatype.FP64) input.Values<double>()[at] = column.Numbers![row];
        else if (input.Port.Datatype == Datatype.FP16) input.Values<Half>()[at] = (Half)column.Numbers![row];
        else if (input.Port.Datatype == Datatype.Bool) input.Values<byte>()[at] = column.Numbers![row] is not (0 or float.NaN) ? (byte)1 : (byte)0;
        else TensorNumbers.Put(input, at, float.IsNaN(column.Numbers![row]) ? 0 : (long)column.Numbers[row]);
    }

    private void Read(InferenceSlot slot, Span<float> into, int rows)
    {
        var reading = _session.Reading;
        if (reading.Scores < 0)
        {
            Labels(slot.Outputs[reading.Label], into, rows);
            return;
        }

        var output = slot.Outputs[reading.Scores];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < Width; c++)
            {
                var at = (r * Width) + (_order.Length == 0 ? 0 : _order[c]);
                into[(r * Width) + c] = output.Port.Datatype switch
                {
                    Datatype.FP64 => (float)output.Values<double>()[at],
                    Datatype.FP16 => (float)output.Values<Half>()[at],
                    _ => output.Values<float>()[at],
                };
            }
        }
    }

    // A model that answers classes only: all or nothing.
    private void Labels(OutputBuffer output, Span<float> into, int rows)
    {
        for (var r = 0; r < rows; r++)
        {
            var text = output.Port.Datatype switch
            {
                Datatype.Bytes => Encoding.UTF8.GetString(output.Text(r)),
                Datatype.Int32 => output.Values<int>()[r].ToString(CultureInfo.InvariantCulture),
                Datatype.Int64 => output.Values<long>()[r].ToString(CultureInfo.InvariantCulture),
                _ => "",
            };
            for (var c = 0; c < Width; c++) into[(r * Width) + c] = Classes[c] == text ? 1 : 0;
        }
    }
}
