using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Inference.Monitoring;
using Nexus.Inference.Onnx;
using Shouldly;

namespace Nexus.Web.Tests.Agents;

/// <summary>An agent that answers: UP where x is above zero, learnt from x between 0 and 1 and from two colours.</summary>
internal static class AgentStage
{
    public static async Task<AgentView> AgentAsync(PortalApp portal, string name)
    {
        var blob = await portal.Get<BlobStore>().PutAsync(Sigmoid(), default);
        var reference = new ReferenceProfile(
            1000,
            [
                new("x", "numeric", [.1, .2, .3, .4, .5, .6, .7, .8, .9], null, [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0], 0, 1),
                new("colour", "categorical", null, ["red", "blue"], [600, 400, 0, 0]),
            ],
            new Dictionary<string, long> { ["DOWN"] = 580, ["UP"] = 420 });
        await portal.Get<ModelService>().RegisterAsync(
            new(name, blob, new([new("x", "FP32", [-1, 1]), new("colour", "BYTES", [-1, 1])], [], "binary", ["DOWN", "UP"], "UP"), new Dictionary<string, MetricEstimate>(), new JsonObject())
            {
                Reference = CanonicalJson.Write(reference),
            },
            PortalApp.Stage, default);
        await using (var db = portal.Open())
        {
            await db.Models.Where(m => m.Name == name).ExecuteUpdateAsync(m => m.SetProperty(x => x.ProductionVersion, 1));
            await db.ModelVersions.Where(v => v.ModelName == name).ExecuteUpdateAsync(v => v.SetProperty(x => x.Stage, Stage.Production));
        }

        return (await portal.Get<AgentService>().PutAsync(name, name, "Of the tests", PortalApp.Stage, default)).Agent;
    }

    /// <returns>The decisions' ids, once all of them can be read.</returns>
    public static async Task<IReadOnlyList<Guid>> DecideAsync(PortalApp portal, string agent, int count, Func<int, object> inputs)
    {
        var ids = new List<Guid>(count);
        for (var i = 0; i < count; i++)
        {
            using var answer = await portal.Bootstrap().PostAsJsonAsync($"/api/v1/agents/{agent}/decide", new { inputs = inputs(i) });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("decisionId").GetGuid());
        }

        // Decisions are readable within 2 s of their answers; the journal drains in order, so the last one tells of all.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await portal.Bootstrap().GetAsync($"/api/v1/decisions/{ids[^1]}", patience.Token)).StatusCode != HttpStatusCode.OK)
            await Task.Delay(20, patience.Token);
        return ids;
    }

    private static byte[] Sigmoid()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElement.Float);
        graph.Input("colour", OnnxElement.Text);
        var up = graph.Add("Sigmoid", [graph.Add("Where", [graph.Add("IsNaN", [x]), graph.Constant([0f], 1, 1), x])]);
        var scores = graph.Add("Concat", [graph.Add("Sub", [graph.Constant([1f], 1, 1), up]), up], ("axis", 1L));
        var best = graph.Add("ArgMax", [scores], ("axis", 1L), ("keepdims", 1L));
        graph.Output(
            graph.AddOf(OnnxGraphBuilder.Ml, "LabelEncoder", [best], ("keys_int64s", new long[] { 0, 1 }), ("values_strings", new[] { "DOWN", "UP" })),
            "label", OnnxElement.Text, -1, 1);
        graph.Output(scores, "scores", OnnxElement.Float, -1, 2);
        return OnnxWriter.Write(graph.Build("sigmoid", new Dictionary<string, string>()));
    }
}
