using System.Text.Json.Nodes;
using Nexus.Data.Registry;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Agents;

/// <summary>A row that a model version can answer: the middle of what its training split had, in the order of its inputs.</summary>
internal static class ExampleInputs
{
    public static async Task<JsonObject> MakeAsync(ModelCatalog models, MonitoringService monitoring, string model, int version, CancellationToken ct)
    {
        var signature = (await models.GetVersionAsync(model, version, ct)).Signature;
        var layout = await monitoring.LayoutAsync(model, version, ct);
        var row = new JsonObject();
        foreach (var input in signature.Inputs)
        {
            var known = layout?.IndexOf(input.Name) is { } index and >= 0 ? layout.Binners[index].Reference : null;
            row[input.Name] = known switch
            {
                { Categories: [var most, ..] } when input.Datatype == "BOOL" => most == "true",
                { Categories: [var most, ..] } => most,
                { Edges: { Count: > 0 } edges } numeric => Number(edges[edges.Count / 2], input.Datatype, LooksWhole(numeric)),
                _ => input.Datatype switch { "BYTES" => "text", "BOOL" => false, _ => 0 },
            };
        }

        return row;
    }

    private static bool LooksWhole(FeatureReference feature) =>
        feature is { Minimum: { } low, Maximum: { } high } && double.IsInteger(low) && double.IsInteger(high) && high - low > 2;

    private static JsonValue Number(double value, string datatype, bool whole) =>
        whole || datatype.StartsWith("INT", StringComparison.Ordinal) || datatype.StartsWith("UINT", StringComparison.Ordinal)
            ? JsonValue.Create((long)Math.Round(value))
            : JsonValue.Create(double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
}
