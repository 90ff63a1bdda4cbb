using System.Text.Json;
using CsCheck;

namespace Nexus.Web.Tests.Strangers;

/// <summary>Bodies near what a schema asks for: the right members mostly, each of them now and then something else, missing, doubled or joined by one unknown.</summary>
internal sealed class HostileJson(JsonElement document, Func<string, Gen<string>> known)
{
    private const int Deepest = 6;

    public Gen<string> Of(JsonElement schema, string name = "", int depth = 0)
    {
        var right = Right(Resolved(schema), name, depth);
        return depth == 0 ? Gen.Frequency((10, right), (1, Hostile.Json)) : Gen.Frequency((6, right), (1, Hostile.Json));
    }

    private Gen<string> Right(JsonElement schema, string name, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest) return Hostile.Json;
        if (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices)) return Gen.OneOf([.. choices.EnumerateArray().Select(c => Of(c, name, depth))]);
        if (schema.TryGetProperty("enum", out var values)) return Gen.OneOf([.. values.EnumerateArray().Select(v => v.GetRawText())]);
        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => List(schema, name, depth),
            "string" => known(name).Select(Hostile.Written),
            "integer" => Gen.OneOf("0", "1", "2", "-1", "1000000", "2147483647"),
            "number" => Gen.OneOf("0", "0.5", "1", "-1e300", "1e308"),
            "boolean" => Gen.OneOf("true", "false"),
            "null" => Gen.Const("null"),
            _ => Hostile.Json,
        };
    }

    private Gen<string> Object(JsonElement schema, int depth)
    {
        var members = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [];
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet() : [];
        List<Gen<string>> parts = [.. members.Select(m => Gen.Select(Of(m.Value, m.Name, depth + 1), Gen.Int[0, 19], (value, chance) => Member(m.Name, value, chance, required.Contains(m.Name))))];
        if (members.Count == 0) parts.AddRange(Enumerable.Range(0, 3).Select(_ => Gen.Select(known(""), Hostile.Json, (key, value) => $"{Hostile.Written(key)}:{value}")));
        parts.Add(Gen.Select(Hostile.Member, Hostile.Json, Gen.Int[0, 11], (name, value, chance) => chance == 0 ? $"\"{name}\":{value}" : ""));
        return All(parts).Select(all => "{" + string.Join(',', all.Where(p => p.Length > 0)) + "}");
    }

    private static string Member(string name, string value, int chance, bool required) => chance switch
    {
        0 => "",
        1 => $"\"{name}\":{value},\"{name}\":{value}",
        < 10 when !required => "",
        _ => $"\"{name}\":{value}",
    };

    private Gen<string> List(JsonElement schema, string name, int depth)
    {
        var item = schema.TryGetProperty("items", out var items) ? Of(items, name, depth + 1) : Hostile.Json;
        return item.Array[0, 4].Select(all => "[" + string.Join(',', all) + "]");
    }

    private JsonElement Resolved(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            var at = document;
            foreach (var part in reference.GetString()!.Split('/').Skip(1)) at = at.GetProperty(part);
            schema = at;
        }

        return schema;
    }

    private static string TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : ""
        : type.ValueKind == JsonValueKind.String ? type.GetString()!
        : type.EnumerateArray().Select(t => t.GetString()!).First(t => t != "null");

    /// <summary>One of each.</summary>
    public static Gen<string[]> All(IEnumerable<Gen<string>> gens) =>
        gens.Aggregate(Gen.Const(Array.Empty<string>()), (all, next) => Gen.Select(all, next, (made, one) => (string[])[.. made, one]));
}
