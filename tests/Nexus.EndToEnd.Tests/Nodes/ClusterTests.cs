using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Nodes;

/// <summary>Several processes that are one portal.</summary>
public sealed partial class ClusterTests(ITestOutputHelper output)
{
    private const string Decide = "/api/v1/agents/small/decide";
    private static readonly object Row = new { inputs = new { a = .9, b = .8 } };

    [Fact]
    public async Task Nodes_of_one_role_each_make_a_portal()
    {
        await using var cluster = await Cluster.StartAsync(withRedis: false);
        var nodes = await cluster.AddAsync("web", "jobs", "inference");
        var (web, jobs, inference) = (nodes[0], nodes[1], nodes[2]);

        await Stories.ServeSmallModelAsync(web);
        var decision = (await AnsweredAsync(inference, version: 1, seconds: 60)).Text("decisionId");

        (await web.Http.UntilAsync("/api/v1/agents/small/decisions", d => d["items"]!.AsArray().Count > 0))["items"]![0]!.Text("id").ShouldBe(decision);
        (await web.Http.PostAsJsonAsync(Decide, Row)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await jobs.Http.GetAsync("/api/v1/runs")).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await web.Http.GetJsonAsync("/api/v1/nodes"))["items"]!.AsArray().Select(n => n!["roles"]![0]!.GetValue<string>() + n.Text("state")).Order()
            .ShouldBe(["inferenceUp", "jobsUp", "webUp"]);
        (await web.Http.GetJsonAsync("/api/v1/audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact, Trait("Length", "Long")]
    public async Task Two_nodes_of_each_role_do_everything_once()
    {
        await using var cluster = await Cluster.StartAsync();
        var nodes = await cluster.AddAsync("web", "web", "jobs", "jobs", "inference", "inference");
        PortalProcess[] web = nodes[..2], jobs = nodes[2..4], inference = nodes[4..];
        await Stories.ServeSmallModelAsync(web[0]);
        foreach (var node in inference) await AnsweredAsync(node, version: 1, seconds: 60);

        await SignedInAtBothAsync(web);
        await RunsOnceAsync(web, jobs);
        await PromotedOnceAsync(web, inference);
        await TakenOverAsync(web, jobs);

        foreach (var node in web) (await node.Http.GetJsonAsync("/api/v1/audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
        nodes.SelectMany(Errors).ShouldBeEmpty();
    }

    /// <summary>Forty runs, asked for at both web nodes: each works once, and both job nodes work.</summary>
    private async Task RunsOnceAsync(PortalProcess[] web, PortalProcess[] jobs)
    {
        var watch = Stopwatch.StartNew();
        var runs = new List<string>();
        for (var i = 0; i < 40; i++)
            runs.Add((await web[i % 2].Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { $"train.params.iterations={10 + i}" } })).Text("id"));
        foreach (var run in runs)
        {
            var done = await web[0].Http.UntilAsync($"/api/v1/runs/{run}", r => r.Text("status") is not ("Queued" or "Running"), 300);
            done.Text("status").ShouldBe("Succeeded", done.ToString());
            done["steps"]!.AsArray().ShouldAllBe(s => s!["attempt"]!.GetValue<int>() <= 1);
        }

        output.WriteLine($"40 runs on two job nodes: {watch.Elapsed.TotalSeconds:F1} s");
        var versions = (await web[1].Http.GetJsonAsync("/api/v1/models/small/versions?pageSize=100"))["items"]!.AsArray();
        versions.Count.ShouldBe(41);
        versions.Select(v => v!["runId"]!.GetValue<string>()).Distinct().Count().ShouldBe(41);
        foreach (var node in jobs) node.Output.Count(line => line.Contains("has ended: Succeeded", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
    }

    /// <summary>Both web nodes are given the signature at the same time: it counts once, and both inference nodes serve what it allows.</summary>
    private async Task PromotedOnceAsync(PortalProcess[] web, PortalProcess[] inference)
    {
        var transition = await web[0].Http.PostJsonAsync("/api/v1/models/small/versions/2/transitions", new { to = "Production", reason = "second" });
        var path = $"/api/v1/approvals/{transition.Text("approvalId")}/decisions";
        await web[0].Http.PostJsonAsync("/api/v1/people", new { userName = "otto", displayName = "Otto", roles = new[] { "Approver" } });
        var key = (await web[0].Http.PostJsonAsync("/api/v1/people/otto/keys", new { name = "test" })).Text("key");
        var signed = await Task.WhenAll(web.Select(async node =>
        {
            using var approver = node.ClientFor(key);
            return (await approver.PostAsJsonAsync(path, new { decision = "approve", comment = "fine" })).StatusCode;
        }));
        var watch = Stopwatch.StartNew();

        foreach (var node in inference) await AnsweredAsync(node, version: 2, seconds: 30);
        output.WriteLine($"a promotion at a web node was served by both inference nodes after {watch.Elapsed.TotalMilliseconds:F0} ms; signatures: {string.Join(", ", signed)}");
        var entries = (await web[1].Http.GetJsonAsync("/api/v1/audit?pageSize=1000"))["items"]!.AsArray();
        entries.Count(e => e!.Text("action") == "approval.approved").ShouldBe(2, "that of the first version and this one");
        (await web[1].Http.GetJsonAsync("/api/v1/models/small/versions/2")).Text("stage").ShouldBe("Production");
    }

    /// <summary>The job node that trains hangs, as one on a machine that is cut off: the other one goes on where it stood, and what hung writes nothing more.</summary>
    private async Task TakenOverAsync(PortalProcess[] web, PortalProcess[] jobs)
    {
        await web[0].Http.UploadCsvAsync("small", Stories.SmallCsv(2, 60_000));
        var run = (await web[0].Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "train.params.iterations=20000", "train.params.leaves=31" } })).Text("id");
        await web[0].Http.UntilAsync($"/api/v1/runs/{run}", r => Step(r, "train").Text("status") == "Running");
        var worker = jobs.Single(node => node.Output.Any(line => line.Contains($"Run {run} is taken by", StringComparison.Ordinal)));
        await worker.SignalAsync("STOP");
        var watch = Stopwatch.StartNew();

        var again = await web[0].Http.UntilAsync($"/api/v1/runs/{run}", r => Step(r, "train")["attempt"]!.GetValue<int>() == 2, 60);
        output.WriteLine($"the run of a job node that hung was taken over after {watch.Elapsed.TotalSeconds:F1} s");
        Step(again, "transform")["attempt"]!.GetValue<int>().ShouldBe(1);
        await web[1].Http.UntilAsync("/api/v1/nodes", n => n["items"]!.AsArray().Count(x => x!.Text("state") == "Gone") == 1, 60);
        await worker.SignalAsync("CONT");
        await web[1].Http.UntilAsync("/api/v1/nodes", n => n["items"]!.AsArray().All(x => x!.Text("state") == "Up"), 60);
        Step(await web[0].Http.GetJsonAsync($"/api/v1/runs/{run}"), "train")["attempt"]!.GetValue<int>().ShouldBe(2);
        await web[1].Http.PostJsonAsync($"/api/v1/runs/{run}/cancel", null);
        await web[1].Http.UntilAsync($"/api/v1/runs/{run}", r => r.Text("status") == "Canceled");
    }

    /// <summary>Who signs in at one web node is signed in at the other, whose forms are the other's too.</summary>
    private static async Task SignedInAtBothAsync(PortalProcess[] web)
    {
        await web[0].Http.PostJsonAsync("/api/v1/people", new { userName = "rosa", displayName = "Rosa", roles = new[] { "Viewer" }, password = "a long enough password" });
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() });
        var form = Token().Match(await browser.GetStringAsync(new Uri(web[0].Address, "/sign-in"))).Groups[1].Value;
        using var signedIn = await browser.PostAsync(new Uri(web[1].Address, "/sign-in"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = form,
            ["Form.UserName"] = "rosa",
            ["Form.Password"] = "a long enough password",
        }));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect, await signedIn.Content.ReadAsStringAsync());

        foreach (var node in web) (await browser.GetFromJsonAsync<JsonObject>(new Uri(node.Address, "/api/v1/me")))!.Text("userName").ShouldBe("rosa");
    }

    /// <summary>Asks until the node answers by that version.</summary>
    private static async Task<JsonNode> AnsweredAsync(PortalProcess node, int version, int seconds)
    {
        for (var limit = Stopwatch.StartNew(); ;)
        {
            using var answer = await node.Http.PostAsJsonAsync(Decide, Row);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode && JsonNode.Parse(text)!["modelVersion"]!.GetValue<int>() == version) return JsonNode.Parse(text)!;
            limit.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds), text);
            await Task.Delay(20);
        }
    }

    /// <summary>What the portal itself logged as an error, with the line that follows; EF Core also tells of collisions that are expected and met.</summary>
    private static IEnumerable<string> Errors(PortalProcess node) =>
        node.Output.Zip(node.Output.Skip(1)).Where(l => l.First.StartsWith("fail: Nexus", StringComparison.Ordinal) || l.First.StartsWith("crit:", StringComparison.Ordinal)).Select(l => l.First + l.Second);

    private static JsonNode Step(JsonNode run, string name) => run["steps"]!.AsArray().Single(s => s!.Text("name") == name)!;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
