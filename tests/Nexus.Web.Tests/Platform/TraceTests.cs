using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nexus.Data.Identity;
using Nexus.Inference.Tests.Agents;
using Nexus.Web.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

/// <summary>What a collector of traces is told: what led to what, and nothing of whom or about what. Alone, for others look that nobody listens.</summary>
[Collection(nameof(TraceTests))]
[CollectionDefinition(nameof(TraceTests), DisableParallelization = true)]
public sealed class TraceTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Person = "person-whom-nobody-names";
    private const string Unit = "unit-that-nobody-names";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_leads_to_inference_and_journal_and_a_run_to_its_steps_and_their_queries()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        var engineer = portal.As(Person, Role.Engineer);
        var told = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Nexus.Data" or "Nexus.Inference" or "Nexus.Jobs" or "Nexus.Web",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = told.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await DecideAsync(engineer, out var trace);
        var request = await FindAsync(told, a => a.Source.Name == "Nexus.Web" && a.TraceId.ToHexString() == trace);
        foreach (var child in (string[])["inference", "journal append"])
            (await FindAsync(told, a => a.Source.Name == "Nexus.Inference" && a.OperationName == child && a.TraceId == request.TraceId)).ParentSpanId.ShouldBe(request.SpanId, child);

        var id = await RunAsync(engineer);
        var run = await FindAsync(told, a => a.OperationName == "run" && (string?)a.GetTagItem("nexus.run") == id);
        var step = await FindAsync(told, a => a.OperationName == "step" && a.ParentSpanId == run.SpanId);
        (await FindAsync(told, a => a.Source.Name == "Nexus.Data" && a.ParentSpanId == step.SpanId)).TraceId.ShouldBe(run.TraceId);

        var all = told.SelectMany(a => a.TagObjects.Select(t => t.Value?.ToString() ?? "").Append(a.DisplayName).Append(a.StatusDescription ?? "")).ToList();
        foreach (var secret in (string[])[Person, Unit, "colour", "crimson", "12345.678"]) all.ShouldAllBe(text => !text.Contains(secret, StringComparison.OrdinalIgnoreCase), secret);
    }

    private static Task DecideAsync(HttpClient engineer, out string trace)
    {
        trace = ActivityTraceId.CreateRandom().ToHexString();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/agents/price/decide") { Content = JsonContent.Create(new { inputs = new { x = 12345.678, colour = "crimson" }, unit = Unit }) };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        return SendAsync(engineer, request);
    }

    private static async Task SendAsync(HttpClient engineer, HttpRequestMessage request)
    {
        using var answer = await engineer.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <returns>The id of a run that has succeeded.</returns>
    private static async Task<string> RunAsync(HttpClient engineer)
    {
        using var data = await engineer.PostAsync("/api/v1/datasets/traced/versions", Body("a,b\n1,2\n3,4\n", "text/csv"), Stop);
        data.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var put = await engineer.PutAsync("/api/v1/pipelines/traced", Body("name: traced\nsteps:\n  ingest: { component: ingest, with: { dataset: traced } }\n", "application/yaml"), Stop);
        put.StatusCode.ShouldBe(HttpStatusCode.Created, await put.Content.ReadAsStringAsync(Stop));
        using var started = await engineer.PostAsJsonAsync("/api/v1/pipelines/traced/runs", new { }, Stop);
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
        while (true)
        {
            var run = await engineer.GetStringAsync($"/api/v1/runs/{id}", Stop);
            if (run.Contains("\"status\":\"Succeeded\"", StringComparison.Ordinal)) return id;
            run.ShouldNotContain("\"status\":\"Failed\"");
            await Task.Delay(50, Stop);
        }
    }

    private static async Task<Activity> FindAsync(ConcurrentQueue<Activity> told, Func<Activity, bool> which)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (told.FirstOrDefault(which) is { } found) return found;
            await Task.Delay(20, limit.Token);
        }
    }

    private static StringContent Body(string text, string type)
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = new(type);
        return content;
    }
}
