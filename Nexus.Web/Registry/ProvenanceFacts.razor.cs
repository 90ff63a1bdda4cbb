using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Registry;

/// <summary>Where a model version comes from.</summary>
public sealed partial class ProvenanceFacts : ComponentBase
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["dataset"] = "Data", ["pipeline"] = "Pipeline", ["revision"] = "Revision", ["commit"] = "Code", ["trainer"] = "Trainer", ["params"] = "Parameters",
        ["seed"] = "Seed", ["upload"] = "File", ["uploadedBy"] = "Uploaded by", ["largestDifference"] = "ONNX against trainer",
    };

    [Parameter, EditorRequired] public JsonElement Provenance { get; set; }
    [Parameter] public Guid? RunId { get; set; }
    [Parameter, EditorRequired] public string Digest { get; set; } = "";
    [Parameter] public long Bytes { get; set; }
    [Parameter] public string CreatedBy { get; set; } = "";
    [Parameter] public DateTimeOffset CreatedAt { get; set; }

    private IEnumerable<(string Key, string Value)> Facts => Provenance.ValueKind != JsonValueKind.Object
        ? []
        : Provenance.EnumerateObject()
            .Where(p => p.Name != "run" && p.Value.ValueKind is not JsonValueKind.Null)
            .Select(p => (Names.GetValueOrDefault(p.Name, p.Name), Text(p.Value)));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name} {Text(p.Value)}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.ToString(),
    };
}
