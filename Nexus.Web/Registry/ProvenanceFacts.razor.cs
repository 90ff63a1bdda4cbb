using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Registry;

/// <summary>Where a model version comes from.</summary>
public sealed partial class ProvenanceFacts : ComponentBase
{
    /// <summary>In the order in which they are shown; what is not named here comes after them under its own name.</summary>
    private static readonly (string Key, string Name)[] Known =
    [
        ("dataset", "Data"), ("pipeline", "Pipeline"), ("revision", "Revision"), ("commit", "Code"), ("trainer", "Trainer"), ("params", "Parameters"),
        ("seed", "Seed"), ("upload", "File"), ("uploadedBy", "Uploaded by"), ("largestDifference", "Parity"),
    ];

    [Parameter, EditorRequired] public JsonElement Provenance { get; set; }
    [Parameter] public Guid? RunId { get; set; }
    [Parameter, EditorRequired] public string Digest { get; set; } = "";
    [Parameter] public long Bytes { get; set; }
    [Parameter] public string CreatedBy { get; set; } = "";
    [Parameter] public DateTimeOffset CreatedAt { get; set; }

    private IEnumerable<(string Key, string Value)> Facts => Provenance.ValueKind != JsonValueKind.Object
        ? []
        : Provenance.EnumerateObject()
            .Where(p => p.Name is not ("run" or "dirty" or "document") && p.Value.ValueKind is not JsonValueKind.Null)
            .OrderBy(p => Array.FindIndex(Known, k => k.Key == p.Name) is >= 0 and var at ? at : Known.Length)
            .Select(p => (Known.FirstOrDefault(k => k.Key == p.Name).Name ?? p.Name, p.Name switch
            {
                "largestDifference" => Parity(p.Value),
                "commit" => Text(p.Value)[..Math.Min(7, Text(p.Value).Length)] + Cleanness,
                _ => Text(p.Value),
            }));

    private string Cleanness => Provenance.TryGetProperty("dirty", out var dirty)
        ? dirty.ValueKind == JsonValueKind.True ? ", with uncommitted changes" : ", clean"
        : "";

    private static string Parity(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? $"ONNX equals trainer within {value.GetDouble():0.0e0}" : Text(value);

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name} {Text(p.Value)}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.ToString(),
    };
}
