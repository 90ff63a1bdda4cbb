using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nexus.Data;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>Answers rows by an ONNX, in batches: what serving runs, on a table.</summary>
internal sealed class OnnxScorer : IDisposable
{
    // Bounds the dense matrix that a text of many terms becomes inside a batch.
    private const int BatchCells = 8 << 20;
    private const int MaxBatch = 4096;

    private readonly InferenceSession _session;
    private readonly string _output;

    /// <param name="output">The output to read: the scores, or the prediction.</param>
    public OnnxScorer(byte[] model, string output)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new(model, options);
        _output = output;
    }

    /// <summary>Input → OIP datatype, as the model declares them.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    /// <param name="width">Numbers that the model makes of a row on its way; decides the batch.</param>
    /// <returns>[rows · outputs], row by row.</returns>
    /// <exception cref="RefusedException">Invalid, where the table lacks an input or has it in another form.</exception>
    public float[] Score(RawTable table, int width, CancellationToken ct)
    {
        var batch = Math.Clamp(BatchCells / Math.Max(1, width), 1, MaxBatch);
        var results = new List<float>(table.Rows * 2);
        for (var from = 0; from < table.Rows; from += batch)
        {
            ct.ThrowIfCancellationRequested();
            var rows = Math.Min(batch, table.Rows - from);
            using var answers = _session.Run([.. _session.InputMetadata.Select(i => Tensor(i.Key, i.Value, table, from, rows))], [_output]);
            results.AddRange(answers[0].AsTensor<float>());
        }

        return [.. results];
    }

    public void Dispose() => _session.Dispose();

    private static NamedOnnxValue Tensor(string name, NodeMetadata input, RawTable table, int from, int rows)
    {
        if (!table.Columns.TryGetValue(name, out var column)) throw Refused.Invalid($"The rows have no column '{name}', which the model takes.");
        int[] shape = [rows, 1];
        return (input.ElementDataType, column) switch
        {
            (TensorElementType.Float, { Numbers: { } numbers }) => Of(numbers[from..(from + rows)]),
            (TensorElementType.Double, { Numbers: { } numbers }) => Of(Array.ConvertAll(numbers[from..(from + rows)], n => (double)n)),
            (TensorElementType.Int64, { Numbers: { } numbers }) => Of(Array.ConvertAll(numbers[from..(from + rows)], n => (long)n)),
            (TensorElementType.Int32, { Numbers: { } numbers }) => Of(Array.ConvertAll(numbers[from..(from + rows)], n => (int)n)),
            (TensorElementType.Int64, { Times: { } times }) => Of(times[from..(from + rows)]),
            (TensorElementType.String, { Texts: { } texts }) => Of(texts[from..(from + rows)]),
            _ => throw Refused.Invalid($"The model takes '{name}' as {input.ElementDataType}, which the column is not."),
        };

        NamedOnnxValue Of<T>(T[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, shape));
    }
}
