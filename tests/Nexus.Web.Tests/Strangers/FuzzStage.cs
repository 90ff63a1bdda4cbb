using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Nexus.Web.Tests.Agents;
using Nexus.Web.Tests.Registry;

namespace Nexus.Web.Tests.Strangers;

/// <summary>A portal with one of each thing, so that hostile requests reach what lies behind "there is no such".</summary>
internal sealed class FuzzStage
{
    public const string Name = "fuzz";

    public static readonly string[] Yaml =
    [
        Pipeline, "", "\0", "a: b", "name: fuzz", "name: fuzz\nsteps: {}", "steps: [1,2]", "&a [*a]", "a: &a [1]\nb: *a", "!!python/object:os.system x", "? {a: b}\n: c", "%YAML 1.1\n---\n--- x", "a:\n\t- b", "{", "- - - - -", "name: fuzz\nname: fuzz",
        Pipeline.Replace("ingest: {", "ingest: &x {", StringComparison.Ordinal), Pipeline.Replace("fuzz", "\u202Efuzz", StringComparison.Ordinal), Pipeline.Replace("2", "1e999", StringComparison.Ordinal), Pipeline.Replace("2", "\"${params.rows}\"", StringComparison.Ordinal),
        Pipeline.Replace("[]", "[{x: a}]", StringComparison.Ordinal) + "\ndefaults: [{data: fuzz}, {data: ../fuzz}, _self_]", string.Concat(Enumerable.Repeat("[", 2000)), "a: " + new string('x', 1_200_000), "x: .nan\ny: .inf\nz: 0x_\nw: 2001-13-45",
    ];

    public static readonly byte[][] Tables =
    [
        .. new[]
        {
            "x,y\n1,2\n3,4\n", "", "\0", "x\n", "x,x\n1,2\n", "x,y\n1\n", "\"x\n", "x,y\n\"a\"b,2\n", ",\n,\n", "x;y\n1;2\n", new string(',', 5000) + "\n", "x\nNaN\nInfinity\n-Infinity\n1e999\n", "\uFEFFx,y\n1,2\n", "x,\u202Ey\n=cmd(),+1\n", "{\"a\":1}\n{\"a\":\"b\"}\n",
            "{\"a\":1}\n{\"a\":", "[1]\n", "{\"a\":{\"b\":[1,{\"c\":null}]}}\n", "{\"a\":1,\"a\":2}\n", "PAR1", "PAR1....PAR1", "PAR1\0\0\0\0\0\u00ff\u00ff\u00ff\u007fPAR1", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.csv\"\r\nContent-Type: text/csv\r\n\r\nx,y\n1,2\n\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"types\"\r\n\r\n{\"x\":7}\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"model\"; filename=\"m.onnx\"\r\n\r\nnot a model\r\n--x--\r\n", "--x\r\n\r\n", "--x\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"kind\":\"chat\"}\r\n--x--\r\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0x08, 0x07, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFE, 0x78, 0x00], [0xC3, 0x28, 0x0A, 0xC3, 0x28],
    ];

    private const string Pipeline = """
        name: fuzz
        params: { rows: 2 }
        steps:
          ingest: { component: ingest, with: { dataset: fuzz } }
          validate: { component: validate, inputs: { data: ingest }, with: { limits: { minRows: "${params.rows}" } } }
        """;

    private readonly Dictionary<string, HttpClient> _clients = [];
    private string _run = "", _decision = "", _approval = "", _key = "";

    public string[] Callers => [.. _clients.Keys];

    public HttpClient Client(string caller) => _clients[caller];

    public static async Task<FuzzStage> SetAsync(PortalApp portal)
    {
        var stage = new FuzzStage();
        var all = stage._clients["all"] = portal.As("fuzzer", Enum.GetValues<Role>());
        foreach (var role in Enum.GetValues<Role>()) stage._clients[role.ToString().ToLowerInvariant()] = portal.As($"fuzzer-{role}".ToLowerInvariant(), role);
        stage._clients[""] = portal.Anonymous();
        stage._clients["gone"] = await RevokedAsync(portal);
        await AgentStage.AgentAsync(portal, Name);
        stage._decision = (await AgentStage.DecideAsync(portal, Name, 2, i => new { x = i }))[0].ToString();
        await all.PostAsync($"/api/v1/datasets/{Name}/versions", Text("x,y\n1,2\n3,4\n5,6\n", "text/csv"));
        await all.PutAsync($"/api/v1/pipelines/{Name}", Text(Pipeline, "application/yaml"));
        await all.PutAsync("/api/v1/configs/data/fuzz", Text("rows: 2", "application/yaml"));
        await all.PutAsJsonAsync($"/api/v1/views/{Name}", new { filter = "status = failed" });
        await all.PutAsJsonAsync($"/api/v1/models/{Name}/aliases/{Name}", new { version = 1 });
        await portal.KeyAsync("victim", Role.Viewer);
        stage._key = await IdOfAsync(await all.PostAsJsonAsync("/api/v1/people/victim/keys", new { name = "k" }));
        stage._run = await IdOfAsync(await all.PostAsync($"/api/v1/pipelines/{Name}/runs", null));
        await all.PostAsync($"/api/v1/models/{Name}/versions", Onnx.Form(Onnx.Echo()));
        stage._approval = await IdOfAsync(await all.PostAsJsonAsync($"/api/v1/models/{Name}/versions/2/transitions", new { to = "Production", reason = "It is better." }), "approvalId");
        return stage;
    }

    /// <summary>What is there, for a parameter of a path; encoded.</summary>
    public string[] Parts(string path, string parameter) => parameter switch
    {
        "userName" => ["victim"],
        "version" or "revision" => ["1", "2", "9"],
        "sequence" => ["1", "3"],
        "id" => path.Contains("/runs/", StringComparison.Ordinal) ? [_run] : path.Contains("/keys/", StringComparison.Ordinal) ? [_key] : path.Contains("/approvals/", StringComparison.Ordinal) ? [_approval] : [_decision],
        "path" => path.Contains("config", StringComparison.Ordinal) ? ["data/fuzz", "data/new"] : ["ingest/rows", "validate/report"],
        "subject" => [$"model/{Name}/1", $"dataset/{Name}@1", $"run/{_run}", $"agent/{Name}"],
        "step" => ["ingest", "validate"],
        "key" => ["train/auc", "validate/rows"],
        _ => [Name],
    };

    /// <summary>What is there, for a member of a body or a query.</summary>
    public string[] Values(string name) => name switch
    {
        "decisionId" => [_decision, Guid.NewGuid().ToString()],
        "pageSize" or "rows" or "points" or "depth" or "maxNodes" or "fan" or "pairs" or "against" or "version" or "modelVersion" or "revision" or "attempt" => ["1", "2", "0", "1000", "1001"],
        "from" or "to" or "expiresAt" or "at" => ["2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"],
        "window" => ["PT1H", "P1D"],
        "runs" => [_run, $"{_run},{_run}"],
        "sql" => ["select * from rows", "select 1"],
        "overrides" => ["params.rows=1", "~params", "params.rows=1,2", "validate=null", "a=b", "="],
        "dataset" => [Name, "fuzz@1"],
        "status" => ["Failed", "Succeeded"],
        "kind" => ["model", "run"],
        "sort" => ["x", "-x", "createdAt"],
        "column" or "key" or "label" or "feature" => ["x", "y"],
        "filter" => ["status = failed", "metrics.auc > 0.5"],
        "direction" => ["up", "down", "both"],
        "userName" => ["victim", "somebody-new"],
        "roles" => ["Viewer"],
        "password" => ["four words make it"],
        "to.stage" => ["Production"],
        _ => [Name, "Production", "approve"],
    };

    private static async Task<HttpClient> RevokedAsync(PortalApp portal)
    {
        var key = await portal.KeyAsync("gone", Role.Engineer);
        await portal.Get<PersonService>().DisableAsync("gone", PortalApp.Stage, default);
        return portal.WithKey(key);
    }

    private static StringContent Text(string text, string type) => new(text, Encoding.UTF8, type);

    private static async Task<string> IdOfAsync(HttpResponseMessage answer, string member = "id")
    {
        var text = await answer.Content.ReadAsStringAsync();
        return JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty(member, out var id) ? id.GetString()! : throw new InvalidOperationException(text);
    }
}
