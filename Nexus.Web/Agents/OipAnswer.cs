using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Nexus.Inference.Agents;
using Nexus.Inference.Onnx;

namespace Nexus.Web.Agents;

/// <summary>Writes an inference's answer: JSON, and after it the tensors that were asked for in binary, in their order.</summary>
internal static class OipAnswer
{
    public static void Write(InferenceCall call, in OipRequestReader request)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("model_name"u8, call.Agent);
        json.WriteString("model_version"u8, call.Version.NumberText);
        if (!request.Id.IsEmpty)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(request.Id, skipInputValidation: true);
        }

        WriteIds(call);
        json.WriteStartArray("outputs"u8);
        var binary = request.BinaryOutput;
        if (request.Outputs is { } asked) foreach (var (output, own) in asked) binary |= Describe(call, output, own ?? request.BinaryOutput);
        else for (var i = 0; i < call.Slot.Outputs.Length; i++) Describe(call, i, request.BinaryOutput);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        if (!binary) return;
        call.HeaderBytes = call.Answer.WrittenCount;
        if (request.Outputs is { } chosen)
        {
            foreach (var (output, own) in chosen) if (own ?? request.BinaryOutput) Append(call.Answer, call.Slot.Outputs[output]);
        }
        else
        {
            foreach (var output in call.Slot.Outputs) Append(call.Answer, output);
        }
    }

    private static void WriteIds(InferenceCall call)
    {
        call.Json.WriteStartObject("parameters"u8);
        call.Json.WriteStartArray("decision_ids"u8);
        for (var row = 0; row < call.Rows; row++) call.Json.WriteStringValue(DecisionIds.OfRow(call.FirstId, row));
        call.Json.WriteEndArray();
        call.Json.WriteString("variant"u8, call.Variant);
        call.Json.WriteEndObject();
    }

    private static bool Describe(InferenceCall call, int index, bool binary)
    {
        var output = call.Slot.Outputs[index];
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("name"u8, output.Port.Utf8Name);
        json.WriteString("datatype"u8, output.Port.Datatype.Name());
        json.WriteStartArray("shape"u8);
        foreach (var dimension in output.Shape) json.WriteNumberValue(dimension);
        json.WriteEndArray();
        if (binary)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, BinarySize(output));
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("data"u8);
            if (index == call.Version.Session.Reading.Label && output.Count == call.Rows) Labels(call, output);
            else for (var i = 0; i < output.Count; i++) Element(json, output, i);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        return binary;
    }

    /// <summary>The classes are known by their index since they were written down.</summary>
    private static void Labels(InferenceCall call, OutputBuffer output)
    {
        for (var row = 0; row < output.Count; row++)
        {
            if (output.Port.Datatype == Datatype.Bytes && call.LabelOf(row, out _) is >= 0 and var known) call.Json.WriteStringValue(call.Version.EncodedClasses[known]);
            else Element(call.Json, output, row);
        }
    }

    private static void Element(Utf8JsonWriter json, OutputBuffer output, int at)
    {
        switch (output.Port.Datatype)
        {
            case Datatype.FP32: Real(json, output.Values<float>()[at]); break;
            case Datatype.FP64: Real(json, output.Values<double>()[at]); break;
            case Datatype.FP16: Real(json, (float)output.Values<Half>()[at]); break;
            case Datatype.Bytes: json.WriteStringValue(output.Text(at)); break;
            case Datatype.Bool: json.WriteBooleanValue(output.Raw[at] != 0); break;
            case Datatype.Int64: json.WriteNumberValue(output.Values<long>()[at]); break;
            case Datatype.UInt64: json.WriteNumberValue(output.Values<ulong>()[at]); break;
            case Datatype.Int32: json.WriteNumberValue(output.Values<int>()[at]); break;
            case Datatype.UInt32: json.WriteNumberValue(output.Values<uint>()[at]); break;
            case Datatype.Int16: json.WriteNumberValue(output.Values<short>()[at]); break;
            case Datatype.UInt16: json.WriteNumberValue(output.Values<ushort>()[at]); break;
            case Datatype.Int8: json.WriteNumberValue(output.Values<sbyte>()[at]); break;
            default: json.WriteNumberValue(output.Raw[at]); break;
        }
    }

    // JSON has no word for what is not a number.
    private static void Real(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void Real(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static int BinarySize(OutputBuffer output)
    {
        if (output.Port.Datatype != Datatype.Bytes) return output.Raw.Length;
        var size = output.Count * sizeof(uint);
        for (var i = 0; i < output.Count; i++) size += output.Text(i).Length;
        return size;
    }

    private static void Append(ArrayBufferWriter<byte> answer, OutputBuffer output)
    {
        if (output.Port.Datatype != Datatype.Bytes)
        {
            answer.Write(output.Raw);
            return;
        }

        for (var i = 0; i < output.Count; i++)
        {
            var text = output.Text(i);
            BinaryPrimitives.WriteUInt32LittleEndian(answer.GetSpan(sizeof(uint)), (uint)text.Length);
            answer.Advance(sizeof(uint));
            answer.Write(text);
        }
    }
}
