using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nexus.Inference.Agents;

/// <summary>Writes what a decision's row keeps as JSON: <c>{inputs, scores, context, guardrails}</c>.</summary>
internal sealed class PayloadWriter : IDisposable
{
    // One answer can be larger than all others together; its room is not kept.
    private const int LargestKept = 32 * 1024 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json;

    public PayloadWriter() => _json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>What was written so far is not read any more.</summary>
    public void Begin()
    {
        if (_buffer.Capacity > LargestKept) _json.Reset(_buffer = new(1 << 16));
        else _buffer.ResetWrittenCount();
    }

    public int WrittenBytes => _buffer.WrittenCount;

    /// <param name="given">The inputs' JSON as sent; empty where they came as tensors.</param>
    public ReadOnlyMemory<byte> Write(
        DecisionSchema schema, ReadOnlySpan<byte> given, TensorColumn[] columns, int row, ReadOnlySpan<double> scores, ReadOnlySpan<byte> context)
    {
        var from = _buffer.WrittenCount;
        var classes = schema.Text.Classes;
        _json.Reset();
        _json.WriteStartObject();
        _json.WritePropertyName("inputs"u8);
        if (!given.IsEmpty) _json.WriteRawValue(given, skipInputValidation: true);
        else WriteInputs(schema, columns, row);
        _json.WriteStartObject("scores"u8);
        for (var i = 0; i < classes.Length && i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i])) _json.WriteNull(classes[i]);
            else if (schema.Wide) _json.WriteNumber(classes[i], scores[i]);
            else _json.WriteNumber(classes[i], (float)scores[i]);
        }

        _json.WriteEndObject();
        if (!context.IsEmpty)
        {
            _json.WritePropertyName("context"u8);
            _json.WriteRawValue(context, skipInputValidation: true);
        }

        _json.WriteStartArray("guardrails"u8);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        // Where the buffer grows, what was given out stays in the smaller one.
        var written = _buffer.WrittenMemory[from..];
        return Utf8.IsValid(written.Span) ? written : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written.Span));
    }

    public void Dispose() => _json.Dispose();

    private void WriteInputs(DecisionSchema schema, TensorColumn[] columns, int row)
    {
        var names = schema.Text.Inputs;
        _json.WriteStartObject();
        for (var i = 0; i < columns.Length; i++)
        {
            _json.WritePropertyName(names[i]);
            columns[i].Write(_json, row);
        }

        _json.WriteEndObject();
    }
}
