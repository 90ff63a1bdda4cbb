using System.Text.Json.Nodes;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>What evaluate takes.</summary>
internal static class EvaluateSchema
{
    public const string Json = """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "slices": { "type": "array", "items": { "type": "string" }, "uniqueItems": true, "description": "Columns by whose values (or quartiles, or eighths of the time) the metrics are given too." },
            "require": {
              "type": "object", "description": "Metric → bounds; unmet, the step fails.",
              "additionalProperties": {
                "type": "object", "additionalProperties": false, "minProperties": 1,
                "properties": {
                  "min": { "type": "number" }, "max": { "type": "number" },
                  "slices": { "type": "object", "additionalProperties": false, "minProperties": 1, "description": "Bounds for each slice of minSliceRows at least.", "properties": { "min": { "type": "number" }, "max": { "type": "number" } } }
                }
              }
            },
            "beat": {
              "type": "object", "additionalProperties": false, "required": ["production"],
              "properties": {
                "production": {
                  "type": "object", "minProperties": 1, "description": "Metric → by how much it must be better than the Production version's on the same rows; negative allows to be worse. Passes where there is none.",
                  "additionalProperties": { "type": "object", "additionalProperties": false, "properties": { "by": { "type": "number", "default": 0 } } }
                }
              }
            },
            "model": { "type": "string", "description": "The model to beat. Default: the one that the pipeline pushes." },
            "seed": { "type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0, "description": "Of the bootstrap." },
            "minSliceRows": { "type": "integer", "minimum": 1, "default": 50, "description": "Smaller slices are shown and not held to bounds." }
          }
        }
        """;

    public static IEnumerable<(string Path, string Message)> Check(JsonObject with)
    {
        foreach (var (path, named) in new[] { ("require", with["require"]), ("beat.production", with["beat"]?["production"]) })
        {
            foreach (var metric in (named as JsonObject ?? []).Select(m => m.Key).Where(m => !MetricNames.All.Contains(m)))
                yield return ($"{path}.{metric}", $"'{metric}' is not a metric; there are {string.Join(", ", MetricNames.All)}.");
        }

        foreach (var (metric, bounds) in with["require"] as JsonObject ?? [])
            if (bounds?["slices"] is not null && with["slices"] is not JsonArray { Count: > 0 })
                yield return ($"require.{metric}.slices", "There are no 'slices' to hold to it.");
    }
}
