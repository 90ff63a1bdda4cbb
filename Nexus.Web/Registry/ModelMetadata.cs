using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Registry;

namespace Nexus.Web.Registry;

/// <summary>What comes with an uploaded model, as JSON.</summary>
/// <param name="Kind">onnx.</param>
/// <param name="Metrics">Metric → a number, or <c>{value, lower, upper}</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ModelMetadata(
    string? Kind = null,
    string? Description = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    IReadOnlyDictionary<string, JsonElement>? Metrics = null,
    string? Task = null,
    IReadOnlyList<string>? Classes = null,
    string? Positive = null)
{
    /// <exception cref="RefusedException">Invalid, where it is not this form.</exception>
    public static ModelMetadata Parse(string json)
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? new() : JsonSerializer.Deserialize<ModelMetadata>(json, JsonSerializerOptions.Web) ?? new();
        }
        catch (JsonException error)
        {
            // The parser's own words name our types; the place is what helps.
            throw Refused.Invalid("metadata", $"The metadata is not understood{(error.Path is { Length: > 0 } path ? $" at {path}" : "")}: a JSON object of kind, description, tags, metrics, task, classes and positive.");
        }
    }

    /// <exception cref="RefusedException">Invalid, where it describes what is not uploaded this way.</exception>
    public UploadedModel Of(string fileName)
    {
        if (Kind is not null and not "onnx") throw NotOnnx(Kind);
        return new(
            fileName, Description ?? "", Tags ?? new Dictionary<string, string>(), (Metrics ?? new Dictionary<string, JsonElement>()).ToDictionary(m => m.Key, m => Metric(m.Key, m.Value)),
            Task, Classes, Positive);
    }

    /// <summary>What kind of version a JSON body describes; empty where it does not say.</summary>
    /// <exception cref="RefusedException">Malformed, where it is not JSON.</exception>
    public static string KindOf(string json)
    {
        try
        {
            return System.Text.Json.Nodes.JsonNode.Parse(json) is System.Text.Json.Nodes.JsonObject body
                && body["kind"] is System.Text.Json.Nodes.JsonValue kind && kind.TryGetValue<string>(out var text) ? text : "";
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Refused.Malformed("The body is not JSON.");
        }
    }

    public static RefusedException NotOnnx(string kind) => kind == "chat"
        ? Refused.Invalid("kind", "Versions of kind chat are not served by this release of the portal; upload an ONNX file.")
        : Refused.Invalid("kind", "A version is of kind onnx.");

    private static MetricEstimate Metric(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)) return new(number);
        try
        {
            if (value.ValueKind == JsonValueKind.Object && value.Deserialize<MetricEstimate>(JsonSerializerOptions.Web) is { } estimate) return estimate;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw Refused.Invalid("metrics", $"The metric '{name}' is a number, or an object with value, lower and upper.");
    }
}
