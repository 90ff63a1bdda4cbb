using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>Reads a decide request straight into the model's tensors.</summary>
internal static class DecideRequest
{
    public static DecisionDetails Read(ReadOnlySpan<byte> body, InferenceCall call)
    {
        if (!Utf8.IsValid(body)) throw Refused.Malformed("The body is not UTF-8.");
        if (!call.Version.Session.IsRowWise)
            throw Refused.Conflict($"Version {call.Version.Number} of model '{call.Version.Model}' takes tensors, not features by name: call /v2/models/{call.Agent}/infer.");
        try
        {
            return ReadMembers(body, call);
        }
        catch (JsonException e)
        {
            throw Refused.Malformed($"The body is not JSON: {e.Message}");
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw Refused.Malformed("The body holds a text that is not Unicode.");
        }
    }

    private static DecisionDetails ReadMembers(ReadOnlySpan<byte> body, InferenceCall call)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Refused.Malformed("The body is a JSON object: {\"inputs\": {…}}.");
        ReadOnlySpan<byte> inputs = default, unit = default, subject = default, context = default;
        bool hasUnit = false, hasSubject = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputs"u8))
            {
                if (!inputs.IsEmpty) throw Refused.Invalid("inputs", "inputs is given twice.");
                inputs = Inputs(body, ref reader, call);
            }
            else if (reader.ValueTextEquals("unit"u8)) unit = Text(ref reader, "unit", out hasUnit);
            else if (reader.ValueTextEquals("subject"u8)) subject = Text(ref reader, "subject", out hasSubject);
            else if (reader.ValueTextEquals("context"u8)) context = Context(body, ref reader);
            else throw Refused.Invalid($"'{Shorten(reader.GetString()!)}' is none of inputs, unit, subject and context.");
        }

        if (reader.Read()) throw Refused.Malformed("Something follows the JSON object.");
        if (inputs.IsEmpty) throw Refused.Invalid("inputs", "inputs is missing: an object of feature and value.");
        return new() { Inputs = inputs, Unit = unit, HasUnit = hasUnit, Subject = subject, HasSubject = hasSubject, Context = context };
    }

    private static ReadOnlySpan<byte> Inputs(ReadOnlySpan<byte> body, scoped ref Utf8JsonReader reader, InferenceCall call)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw Refused.Invalid("inputs", "inputs is an object of feature and value.");
        var start = (int)reader.TokenStartIndex;
        var slot = call.Begin(1);
        slot.Prepare(1);
        var values = new FeatureReader(call.Version.TrainedHere);
        var likely = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = reader.ValueIsEscaped
                ? call.Version.Features.Find(Encoding.UTF8.GetBytes(reader.GetString()!), likely)
                : call.Version.Features.Find(reader.ValueSpan, likely);
            if (index < 0) throw Unknown(reader.GetString()!, call.Version);
            if (call.Seen[index]) throw FeatureReader.Wrong(slot.Inputs[index].Port, "is given twice");
            call.Seen[index] = true;
            reader.Read();
            values.Read(ref reader, slot.Inputs[index]);
            likely = index + 1;
        }

        for (var i = 0; i < slot.Inputs.Length; i++) if (!call.Seen[i]) values.Miss(slot.Inputs[i]);
        return body[start..(int)reader.BytesConsumed];
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader, string name, out bool given)
    {
        reader.Read();
        given = reader.TokenType != JsonTokenType.Null;
        if (!given) return default;
        if (reader.TokenType != JsonTokenType.String) throw Refused.Invalid(name, $"{name} is a text.");
        var utf8 = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (utf8.Length > DecisionDetails.MaxText && Encoding.UTF8.GetCharCount(utf8) > DecisionDetails.MaxText)
            throw Refused.Invalid(name, $"{name} has at most {DecisionDetails.MaxText} characters.");
        return utf8;
    }

    private static ReadOnlySpan<byte> Context(ReadOnlySpan<byte> body, scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.StartObject) throw Refused.Invalid("context", "context is a JSON object.");
        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            // Escapes are resolved when the decision is read; what cannot be is refused now.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) _ = reader.GetString();
        }

        var context = body[start..(int)reader.BytesConsumed];
        return context.Length <= DecisionDetails.MaxContext
            ? context
            : throw Refused.Invalid("context", $"context has at most {DecisionDetails.MaxContext} bytes.");
    }

    private static RefusedException Unknown(string name, ServedVersion version)
    {
        var nearest = version.Features.Nearest(name.Length <= 200 ? name : name[..200]);
        var hint = nearest is null ? $" It has: {List(version)}." : $" Did you mean '{nearest}'?";
        return Refused.Invalid($"inputs.{Shorten(name)}", $"The model has no feature '{Shorten(name)}'.{hint}");
    }

    private static string List(ServedVersion version)
    {
        var names = version.Session.Inputs.Select(i => i.Name).ToList();
        return string.Join(", ", names.Take(20)) + (names.Count > 20 ? $" and {names.Count - 20} more" : "");
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
