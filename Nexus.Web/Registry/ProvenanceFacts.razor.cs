using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>Where a model version comes from: data, run, code, trainer, digest, whom it serves, and whether the ONNX equals the trainer.</summary>
public sealed partial class ProvenanceFacts : ComponentBase
{
    private static readonly string[] ShownApart =
        ["dataset", "trainRows", "testRows", "pipeline", "run", "sweep", "commit", "dirty", "document", "trainer", "trainerVersion", "seed", "largestDifference"];

    /// <summary>What is not named here comes under its own name.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["revision"] = "Revision",
        ["params"] = "Parameters",
        ["upload"] = "File",
        ["uploadedBy"] = "Uploaded by",
    };

    [Parameter, EditorRequired] public JsonElement Provenance { get; set; }
    [Parameter] public Guid? RunId { get; set; }
    [Parameter, EditorRequired] public string Digest { get; set; } = "";
    [Parameter] public long Bytes { get; set; }
    [Parameter] public string CreatedBy { get; set; } = "";
    [Parameter] public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who answers by it, in words; null leaves the line out.</summary>
    [Parameter] public string? Serves { get; set; }

    private IEnumerable<(string Key, string Value)> Others => Provenance.ValueKind != JsonValueKind.Object
        ? []
        : Provenance.EnumerateObject().Where(p => !ShownApart.Contains(p.Name) && p.Value.ValueKind is not JsonValueKind.Null)
            .Select(p => (Names.GetValueOrDefault(p.Name, p.Name), Words(p.Value)));

    private string Rows => Number("trainRows") is { } train && Number("testRows") is { } test ? $", {Format.Count((long)train, "row")} trained, {Format.Count((long)test)} tested" : "";

    private string RunName => Text("pipeline") is { } pipeline ? $"{pipeline} #{Text("run")}" : $"run {Format.ShortId($"{RunId}")}";

    private string Cleanness => Find("dirty") is { } dirty ? dirty.ValueKind == JsonValueKind.True ? ", with uncommitted changes" : ", clean" : "";

    private double? Parity => Number("largestDifference");

    private JsonElement? Find(string name) =>
        Provenance.ValueKind == JsonValueKind.Object && Provenance.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private string? Text(string name) => Find(name) is { } value ? Words(value) : null;

    private double? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name} {Words(p.Value)}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Words)),
        _ => value.ToString(),
    };
}
