using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;
using Nexus.Inference.Registry;

namespace Nexus.Web.Registry;

/// <summary>Between what stands in a form's fields and what a model's inputs take.</summary>
internal static class WhatIfText
{
    /// <summary>A value as a field shows it; null for missing.</summary>
    public static string? Of(JsonNode? value) => value switch
    {
        null => null,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    /// <exception cref="RefusedException">Invalid, naming the field that cannot be read.</exception>
    public static JsonObject Inputs(IReadOnlyList<WhatIfField> fields, IReadOnlyDictionary<string, string?> values) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, Input(f, values.GetValueOrDefault(f.Name)))));

    /// <summary>Of a time, whether as text or as microseconds.</summary>
    public static long Microseconds(JsonNode? value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String
        ? UtcMicroseconds.From(DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
        : value?.GetValue<long>() ?? 0;

    private static JsonNode? Input(WhatIfField field, string? text)
    {
        if (field.Kind is "category" or "text") return JsonValue.Create(text ?? "");
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        return field.Kind switch
        {
            "boolean" => JsonValue.Create(text == "true"),
            "time" => JsonValue.Create(text),
            "array" => Array(field, text),
            _ => double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw Refused.Invalid(field.Name, $"'{field.Name}' takes a number, not '{(text.Length > 40 ? text[..40] + "…" : text)}'."),
        };
    }

    private static JsonNode? Array(WhatIfField field, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw Refused.Invalid(field.Name, $"'{field.Name}' takes an array of numbers, written [1, 2, 3].");
        }
    }
}
