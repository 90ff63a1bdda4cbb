using System.Text;
using System.Text.Json;
using CsCheck;

namespace Nexus.Web.Tests.Strangers;

/// <summary>Requests for every call of the OpenAPI document: true to it in most parts, hostile in some.</summary>
internal sealed class HostileRequests(JsonElement document, FuzzStage stage)
{
    /// <summary>These would begin work that outlasts the test, where they are allowed.</summary>
    private static readonly string[] Laborious = ["POST /api/v1/samples", "POST /api/v1/samples/traffic/start", "POST /api/v1/pipelines/{name}/sweeps"];

    private readonly HostileJson _json = new(document, name => Gen.Frequency((3, Gen.OneOf(stage.Values(name))), (1, Hostile.Text)));

    public Gen<HostileRequest> Any => Gen.OneOf([.. ApiOperation.Of(document).Select(For)]);

    private Gen<HostileRequest> For(ApiOperation operation)
    {
        var caller = Laborious.Contains(operation.ToString()) ? Gen.OneOf("", "viewer", "auditor") : Gen.Frequency((8, Gen.Const("all")), (4, Gen.OneOf(stage.Callers)));
        return Gen.Select(caller, Target(operation), Body(operation), Header(), (who, target, body, header) => new HostileRequest(operation, who, target, body.Type, body.Bytes, header));
    }

    private Gen<string> Target(ApiOperation operation)
    {
        var parts = operation.Path.Split('/').Select(part => part is ['{', .., '}']
            ? Gen.Frequency((5, Gen.OneOf(stage.Parts(operation.Path, part[1..^1]))), (1, Hostile.Part))
            : Gen.Const(part));
        var query = operation.Query.Select(name => Gen.Select(
            Gen.Frequency((3, Gen.Const("")), (1, Gen.OneOf(stage.Values(name)).Select(Hostile.Escaped)), (2, Hostile.Part)), Gen.Int[0, 30],
            (value, chance) => value.Length == 0 && chance > 2 ? "" : chance == 0 ? $"{name}={value}&{name}=" : $"{name}={value}"));
        return Gen.Select(HostileJson.All(parts), HostileJson.All(query), (path, values) =>
        {
            var given = string.Join('&', values.Where(v => v.Length > 0));
            return string.Join('/', path) + (given.Length > 0 ? "?" + given : "");
        });
    }

    private Gen<(string? Type, byte[]? Bytes)> Body(ApiOperation operation)
    {
        if (operation.Method is "GET" or "DELETE") return Gen.Const(((string?)null, (byte[]?)null));
        if (operation.Bodies.Count == 0) return Gen.OneOf(Gen.Const(((string?)null, (byte[]?)null)), Hostile.Json.Select(j => ((string?)"application/json", (byte[]?)Encoding.UTF8.GetBytes(j))));
        var right = Gen.OneOf([.. operation.Bodies.Select(b => Content(operation, b.Key, b.Value).Select(bytes => (Type: (string?)b.Key, Bytes: (byte[]?)bytes)))]);
        return Gen.Frequency(
            (12, right),
            (1, Gen.Select(right, Hostile.ContentType, (r, type) => ((string?)type, r.Bytes))),
            (1, Gen.Select(right, Gen.Int[0, 3], (r, way) => (r.Type, (byte[]?)Spoilt(r.Bytes!, way)))),
            (1, right.Select(r => ((string?)null, r.Bytes))),
            (1, right.Select(r => (r.Type, (byte[]?)[]))));
    }

    private Gen<byte[]> Content(ApiOperation operation, string type, JsonElement schema) => type switch
    {
        "application/json" when operation.Path.EndsWith("/decide", StringComparison.Ordinal) => Gen.Frequency(
            (2, Hostile.Json.Select(x => "{\"inputs\":{\"colour\":\"red\",\"x\":" + x + "}}")), (1, _json.Of(schema))).Select(Encoding.UTF8.GetBytes),
        "application/json" when operation.Path.EndsWith("/infer", StringComparison.Ordinal) => Tensors.Select(Encoding.UTF8.GetBytes),
        "application/json" when operation.Path.EndsWith("/feedback", StringComparison.Ordinal) => Feedback.Select(Encoding.UTF8.GetBytes),
        "application/json" => _json.Of(schema).Select(Encoding.UTF8.GetBytes),
        _ when type.Contains("yaml", StringComparison.Ordinal) || type == "text/plain" => Gen.OneOf(FuzzStage.Yaml).Select(Encoding.UTF8.GetBytes),
        "multipart/form-data" => Gen.OneOf(FuzzStage.Tables).Select(bytes => bytes),
        _ => Gen.OneOf(FuzzStage.Tables),
    };

    private static Gen<string> Tensors => Gen.Select(Hostile.Json, Hostile.Json, Hostile.Json, Gen.OneOf("FP32", "FP64", "INT64", "BYTES", "BOOL", "FP16", "XX", ""), Gen.Int[0, 9], (id, shape, data, type, way) => way switch
    {
        < 3 => $$"""{"id":"1","inputs":[{"name":"x","shape":[1,1],"datatype":"{{type}}","data":{{data}}},{"name":"colour","shape":[1,1],"datatype":"BYTES","data":["red"]}]}""",
        < 6 => $$"""{"inputs":[{"name":"x","shape":{{shape}},"datatype":"FP32","data":[0.5]},{"name":"colour","shape":[1,1],"datatype":"BYTES","data":["red"]}]}""",
        < 8 => $$"""{"id":{{id}},"parameters":{{data}},"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[0.5]},{"name":"colour","shape":[1,1],"datatype":"BYTES","data":["red"]}]}""",
        8 => $$"""{"inputs":{{data}},"outputs":{{shape}}}""",
        _ => data,
    });

    private Gen<string> Feedback => Gen.Select(Gen.OneOf(stage.Values("decisionId")), Gen.OneOf("label", "correction", "rating", "click", "session", "love"), Hostile.Json, Hostile.Json, Gen.Int[0, 3], (id, kind, value, at, way) => way switch
    {
        0 => $$"""[{"decisionId":"{{id}}","kind":"{{kind}}","value":{{value}}}]""",
        1 => $$"""[{"decisionId":"{{id}}","kind":"{{kind}}","value":1,"at":{{at}},"source":{{value}}}]""",
        2 => $$"""[{"decisionId":{{value}},"kind":{{at}},"value":1}]""",
        _ => value,
    });

    private static Gen<(string, string)?> Header() => Gen.Frequency<(string, string)?>(
        (12, Gen.Const(((string, string)?)null)),
        (1, Gen.OneOf<(string, string)?>(
            ("Idempotency-Key", ""), ("Idempotency-Key", new('k', 300)), ("Idempotency-Key", "one"), ("Accept", "application/xml"), ("Accept", "text/html"), ("Accept", ";;;"),
            ("Content-Encoding", "gzip"), ("Inference-Header-Content-Length", "-1"), ("Inference-Header-Content-Length", "5"), ("Range", "bytes=99999999-"), ("Range", "bytes=0-0,1-1,2-2"), ("If-None-Match", "\""),
            ("Accept-Language", "tr-TR"), ("X-Forwarded-For", "::::"), ("Origin", "null"), ("Cookie", "nexus=; nexus=x"), ("traceparent", "00-zz-zz-zz"), ("X-HTTP-Method-Override", "DELETE"), ("If-Match", "*"))));

    private static byte[] Spoilt(byte[] body, int way) => way switch
    {
        0 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
        1 => [0xEF, 0xBB, 0xBF, .. body],
        2 => body[..(body.Length / 2)],
        _ => [.. body, 0xC3, 0x28, 0x00],
    };
}
