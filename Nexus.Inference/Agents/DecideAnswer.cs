namespace Nexus.Inference.Agents;

/// <summary>Writes <c>{decisionId, output: {label, scores}, modelVersion, variant, guardrails}</c>; a regression has <c>value</c> too.</summary>
internal static class DecideAnswer
{
    public static void Write(InferenceCall call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("decisionId"u8, call.FirstId);
        json.WriteStartObject("output"u8);
        var classes = call.Version.EncodedClasses;
        var index = call.LabelOf(0, out var label);
        if (index >= 0) json.WriteString("label"u8, classes[index]);
        else if (label.IsEmpty) json.WriteNull("label"u8);
        else json.WriteString("label"u8, label);
        json.WriteStartObject("scores"u8);
        for (var i = 0; i < classes.Length && i < call.Version.Schema.Scores; i++)
        {
            json.WritePropertyName(classes[i]);
            Number(call, i);
        }

        json.WriteEndObject();
        if (call.Version.Session.Reading.IsValue && call.Version.Schema.Scores > 0)
        {
            json.WritePropertyName("value"u8);
            Number(call, 0);
        }

        json.WriteEndObject();
        json.WriteNumber("modelVersion"u8, call.Version.Number);
        json.WriteString("variant"u8, call.Utf8Variant);
        json.WriteStartArray("guardrails"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private static void Number(InferenceCall call, int column)
    {
        var score = call.ScoreOf(0, column);
        if (!double.IsFinite(score)) call.Json.WriteNullValue();
        else if (call.Version.Schema.Wide) call.Json.WriteNumberValue(score);
        else call.Json.WriteNumberValue((float)score);
    }
}
