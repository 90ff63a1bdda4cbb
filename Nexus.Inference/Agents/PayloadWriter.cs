using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nexus.Inference.Agents;

/// <summary>Writes what a decision's row keeps as JSON: <c>{inputs, scores, context, guardrails}</c>.</summary>
internal sealed class PayloadWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public PayloadWriter() => _json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <param name="given">The inputs' JSON as sent; empty where they came as tensors.</param>
    public string Write(
        DecisionSchema schema, ReadOnlySpan<byte> given, TensorColumn[] columns, int row, ReadOnlySpan<double> scores, ReadOnlySpan<byte> context)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WritePropertyName("inputs"u8);
        if (!given.IsEmpty) _json.WriteRawValue(given, skipInputValidation: true);
        else WriteInputs(schema, columns, row);
        _json.WriteStartObject("scores"u8);
        for (var i = 0; i < schema.Classes.Count && i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i])) _json.WriteNull(schema.Classes[i]);
            else if (schema.Wide) _json.WriteNumber(schema.Classes[i], scores[i]);
            else _json.WriteNumber(schema.Classes[i], (float)scores[i]);
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
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();

    private void WriteInputs(DecisionSchema schema, TensorColumn[] columns, int row)
    {
        _json.WriteStartObject();
        for (var i = 0; i < columns.Length; i++)
        {
            _json.WritePropertyName(schema.Inputs[i].Name);
            columns[i].Write(_json, row);
        }

        _json.WriteEndObject();
    }
}
