using System.Globalization;
using System.Text;
using System.Text.Json;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>One feature's JSON value into its tensor; whoever sends the wrong kind is told which feature it was.</summary>
/// <param name="knowsMissingTimes">Whether our own writer made the model, so that what is missing has a value it knows.</param>
internal readonly ref struct FeatureReader(bool knowsMissingTimes)
{
    /// <summary>Characters of one text.</summary>
    public const int MaxText = 100_000;

    /// <summary>The reader stands on the value's first token; afterwards on its last.</summary>
    public void Read(ref Utf8JsonReader reader, InputBuffer input)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            Miss(input);
            return;
        }

        if (input.Port.RowElements == 1)
        {
            Element(ref reader, input, 0);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(input.Port, $"takes an array of {input.Count} elements");
        Elements(ref reader, input);
    }

    /// <summary>What was not given, or null.</summary>
    public void Miss(InputBuffer input)
    {
        for (var at = 0; at < input.Count; at++) MissElement(input, at);
    }

    internal static RefusedException Wrong(TensorPort port, string why) =>
        Refused.Invalid($"inputs.{port.Name}", $"The feature '{port.Name}' {why}.");

    private void Elements(ref Utf8JsonReader reader, InputBuffer input)
    {
        var (depth, at) = (reader.CurrentDepth, 0);
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (at >= input.Count) throw Wrong(input.Port, $"takes {input.Count} elements, not more");
            if (reader.TokenType == JsonTokenType.Null) MissElement(input, at++);
            else Element(ref reader, input, at++);
        }

        if (at != input.Count) throw Wrong(input.Port, $"takes {input.Count} elements, not {at}");
    }

    private void MissElement(InputBuffer input, int at)
    {
        switch (input.Port.Datatype)
        {
            case Datatype.FP16: input.Values<Half>()[at] = Half.NaN; break;
            case Datatype.FP32: input.Values<float>()[at] = OnnxConventions.MissingNumber; break;
            case Datatype.FP64: input.Values<double>()[at] = double.NaN; break;
            case Datatype.Bytes: input.SetText(at, default); break;
            case Datatype.Int64 when knowsMissingTimes: input.Values<long>()[at] = OnnxConventions.MissingTime; break;
            default: throw Wrong(input.Port, $"is missing, and the model knows no missing {input.Port.Datatype.Name()}");
        }
    }

    private void Element(ref Utf8JsonReader reader, InputBuffer input, int at)
    {
        switch (input.Port.Datatype)
        {
            case Datatype.Bytes: Text(ref reader, input, at); break;
            case Datatype.Bool: input.Values<byte>()[at] = Truth(ref reader, input.Port); break;
            case Datatype.FP32: input.Values<float>()[at] = Single(ref reader, input.Port); break;
            case Datatype.FP64: input.Values<double>()[at] = Double(ref reader, input.Port); break;
            case Datatype.FP16: input.Values<Half>()[at] = Narrow(ref reader, input.Port); break;
            case Datatype.UInt64 when reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var big): input.Values<ulong>()[at] = big; break;
            case Datatype.Int64 when reader.TokenType == JsonTokenType.String: input.Values<long>()[at] = Time(ref reader, input.Port); break;
            default: TensorNumbers.Put(input, at, Whole(ref reader, input.Port)); break;
        }
    }

    private static void Text(ref Utf8JsonReader reader, InputBuffer input, int at)
    {
        if (reader.TokenType != JsonTokenType.String) throw Wrong(input.Port, $"takes a text, not {Kind(reader.TokenType)}");
        var utf8 = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (utf8.Length > MaxText && Encoding.UTF8.GetCharCount(utf8) > MaxText) throw Wrong(input.Port, $"takes at most {MaxText:N0} characters");
        input.SetText(at, utf8);
    }

    private static byte Truth(ref Utf8JsonReader reader, TensorPort port) => reader.TokenType switch
    {
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        _ => throw Wrong(port, $"takes true or false, not {Kind(reader.TokenType)}"),
    };

    private static float Single(ref Utf8JsonReader reader, TensorPort port)
    {
        // Raw columns of truth values are numbers to the models that are trained here.
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return reader.TokenType == JsonTokenType.True ? 1 : 0;
        if (reader.TokenType != JsonTokenType.Number) throw Wrong(port, $"takes a number, not {Kind(reader.TokenType)}");
        return reader.TryGetSingle(out var value) && float.IsFinite(value) ? value : throw Wrong(port, "takes a number within the range of FP32");
    }

    private static double Double(ref Utf8JsonReader reader, TensorPort port)
    {
        if (reader.TokenType != JsonTokenType.Number) throw Wrong(port, $"takes a number, not {Kind(reader.TokenType)}");
        return reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Wrong(port, "takes a number within the range of FP64");
    }

    private static Half Narrow(ref Utf8JsonReader reader, TensorPort port)
    {
        var value = (Half)Double(ref reader, port);
        return Half.IsFinite(value) ? value : throw Wrong(port, "takes a number within the range of FP16");
    }

    private static long Time(ref Utf8JsonReader reader, TensorPort port) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? UtcMicroseconds.From(at)
            : throw Wrong(port, "takes an integer, or a time as ISO 8601 writes it");

    private static long Whole(ref Utf8JsonReader reader, TensorPort port)
    {
        if (reader.TokenType != JsonTokenType.Number) throw Wrong(port, $"takes an integer, not {Kind(reader.TokenType)}");
        if (!reader.TryGetInt64(out var value))
        {
            // 2.0 is a way to write 2.
            if (!reader.TryGetDouble(out var real) || real != Math.Floor(real) || Math.Abs(real) >= 9.2e18) throw Wrong(port, $"takes an integer of {port.Datatype.Name()}");
            value = (long)real;
        }

        return TensorNumbers.Fits(port.Datatype, value) ? value : throw Wrong(port, $"takes an integer of {port.Datatype.Name()}");
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Number => "a number",
        JsonTokenType.StartObject => "an object",
        _ => "an array",
    };
}
