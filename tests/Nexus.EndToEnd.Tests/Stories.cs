using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Nexus.EndToEnd.Tests;

/// <summary>What several tests need to have happened: from rows to an agent that answers.</summary>
internal static class Stories
{
    /// <summary>A quick pipeline over <see cref="SmallCsv"/>.</summary>
    public const string SmallPipeline = """
        name: small
        steps:
          ingest:    { component: ingest, with: { dataset: small } }
          transform:
            component: transform
            inputs: { data: ingest }
            with:
              label: y
              positive: yes-sir
              features: [a, b]
              split: { by: random, train: 0.7, seed: 3 }
              numeric: { impute: median, scale: standard }
          train:     { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7, params: { iterations: 40, leaves: 7, learningRate: 0.1 } } }
          evaluate:  { component: evaluate, inputs: { model: train, data: transform }, with: { require: { auc: { min: 0.6 } } } }
          push:      { component: push, inputs: { model: train, report: evaluate }, with: { model: small } }
        """;

    /// <summary>Rows whose label follows from a + b, with some noise; the seed decides them.</summary>
    public static string SmallCsv(int seed, int rows = 1500)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("a,b,y\n");
        for (var i = 0; i < rows; i++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            var label = a + b + ((random.NextDouble() - 0.5) / 4) > 1 ? "yes-sir" : "no-sir";
            csv.Append(CultureInfo.InvariantCulture, $"{a:F5},{b:F5},{label}\n");
        }

        return csv.ToString();
    }

    /// <summary>Uploads, trains, promotes by a second person and serves; the agent is called <c>small</c>.</summary>
    public static async Task ServeSmallModelAsync(PortalProcess portal)
    {
        await portal.Http.UploadCsvAsync("small", SmallCsv(1));
        await portal.Http.PutYamlAsync("/api/v1/pipelines/small", SmallPipeline);
        var run = (await portal.Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { })).Text("id");
        await SucceedAsync(portal.Http, run);
        var transition = await portal.Http.PostJsonAsync("/api/v1/models/small/versions/1/transitions", new { to = "Production", reason = "first" });
        using var approver = await ApproverAsync(portal);
        await approver.PostJsonAsync($"/api/v1/approvals/{transition.Text("approvalId")}/decisions", new { decision = "approve", comment = "fine" });
        await portal.Http.PutJsonAsync("/api/v1/agents/small", new { model = "small", description = "" });
    }

    /// <summary>Waits for a run to end well.</summary>
    public static Task<JsonNode> SucceedAsync(HttpClient http, string run) =>
        http.UntilAsync($"/api/v1/runs/{run}", r => r.Text("status") switch
        {
            "Succeeded" => true,
            "Failed" or "Canceled" => throw new InvalidOperationException(r.ToString()),
            _ => false,
        });

    /// <summary>A second person, by a key of theirs.</summary>
    public static async Task<HttpClient> ApproverAsync(PortalProcess portal)
    {
        await portal.Http.PostJsonAsync("/api/v1/people", new { userName = "ida", displayName = "Ida Berg", roles = new[] { "Approver" } });
        var key = await portal.Http.PostJsonAsync("/api/v1/people/ida/keys", new { name = "test" });
        return portal.ClientFor(key.Text("key"));
    }
}
