using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nexus.Jobs.Training.Features;

/// <summary>What transform takes.</summary>
internal static class TransformSchema
{
    public const string Json = """
        {
          "type": "object", "additionalProperties": false, "required": ["label"],
          "properties": {
            "label": { "type": "string", "description": "The column to predict." },
            "positive": { "type": "string", "description": "For two classes: the one whose probability is the score. Default: the last in alphabetical order." },
            "task": { "enum": ["binary", "multiclass", "regression"], "description": "Default: by the label's type and number of values." },
            "time": { "type": "string", "description": "The column with the time of a row. It is no feature unless 'features' lists it." },
            "features": { "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true, "description": "The raw columns to learn from. Default: all but label, time and the split's own." },
            "exclude": { "type": "array", "items": { "type": "string" }, "uniqueItems": true, "description": "Columns that are no features, instead of 'features'." },
            "roles": { "type": "object", "additionalProperties": { "enum": ["numeric", "categorical", "text", "date"] }, "description": "Column → what it is to the model, where its type says otherwise." },
            "split": {
              "type": "object", "additionalProperties": false, "required": ["by"],
              "description": "Which rows train; the rest is the test split.",
              "properties": {
                "by": { "enum": ["time", "random", "group", "column"], "description": "time: the earliest rows train. random: seeded. group: whole groups, seeded. column: rows with the value 'test' test." },
                "train": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.8, "description": "Share of the rows that trains, rounded down." },
                "seed": { "type": "integer", "minimum": 0, "default": 0, "description": "For random and group." },
                "group": { "type": "string", "description": "For group: the column whose values stay together." },
                "column": { "type": "string", "description": "For column: the column that tells the splits apart." },
                "test": { "type": "string", "description": "For column: the value of the test rows; all other rows train." }
              }
            },
            "numeric": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "impute": { "enum": ["median", "mean", "constant", "none"], "default": "median", "description": "What stands in for a missing number; none leaves it missing, which only lightgbm takes." },
                "constant": { "type": "number", "default": 0, "description": "For impute: constant." },
                "scale": { "enum": ["standard", "minmax", "none"], "default": "standard", "description": "Trees do not need it and do without." }
              }
            },
            "categorical": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "encode": { "enum": ["onehot", "ordinal", "hashing"], "default": "onehot" },
                "maxCategories": { "type": "integer", "minimum": 1, "maximum": 10000, "default": 64, "description": "The most frequent ones count; the others are as unknown ones." },
                "buckets": { "type": "integer", "minimum": 2, "maximum": 65536, "default": 64, "description": "For hashing." }
              }
            },
            "text": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "encode": { "enum": ["tfidf", "hashing"], "default": "tfidf" },
                "ngrams": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 4 }, "minItems": 2, "maxItems": 2, "default": [1, 1], "description": "Shortest and longest run of words." },
                "maxTerms": { "type": "integer", "minimum": 1, "maximum": 200000, "default": 50000, "description": "The terms in most rows count." },
                "buckets": { "type": "integer", "minimum": 2, "maximum": 65536, "default": 4096, "description": "For hashing." }
              }
            },
            "dates": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "parts": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": ["year", "month", "day", "weekday", "hour", "minute", "days"] }, "default": ["month", "day", "weekday", "hour"], "description": "What becomes of a time, in UTC; weekday 1 is Monday, days count from 1970." }
              }
            }
          }
        }
        """;

    public static IEnumerable<(string Path, string Message)> Check(JsonObject with)
    {
        if (with.ContainsKey("features") && with.ContainsKey("exclude")) yield return ("exclude", "Name the features or what is none, not both.");
        if (with["split"] is JsonObject split)
        {
            var by = (string?)split["by"];
            if (by == "time" && !with.ContainsKey("time")) yield return ("time", "A split by time needs 'time', the column that holds it.");
            foreach (var (kind, needs) in new[] { ("group", "group"), ("column", "column"), ("column", "test") })
            {
                if (by == kind && !split.ContainsKey(needs)) yield return ($"split.{needs}", $"A split by {kind} needs '{needs}'.");
                if (by != kind && split.ContainsKey(needs)) yield return ($"split.{needs}", $"'{needs}' belongs to a split by {kind}.");
            }
        }

        if (with["text"]?["ngrams"] is JsonArray { Count: 2 } ngrams && ngrams[0].Deserialize<double>() > ngrams[1].Deserialize<double>())
            yield return ("text.ngrams", "The shortest run of words comes first.");
    }
}
