using System.Text.Json.Nodes;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>A portal in which every page has something to show, and a person who may open all of them.</summary>
public sealed class FurnishedPortal : IAsyncLifetime
{
    public const string Password = "a long enough passphrase";
    public const string Person = "otto.larsson";
    private readonly Dictionary<string, string> _ids = [];
    private Browser? _browser;

    internal PortalProcess Portal { get; private set; } = null!;

    internal Visitor Visitor { get; private set; } = null!;

    internal Visitor Stranger { get; private set; } = null!;

    /// <summary>Fills <c>{run}</c>, <c>{failed}</c>, <c>{sweep}</c> and <c>{approval}</c> with ids of this portal.</summary>
    internal string Path(string template) => _ids.Aggregate(template, (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalProcess.StartAsync();
        await Stories.ServeSmallModelAsync(Portal);
        await RunAgainAsync();
        await DecideAsync();
        await SearchAsync();
        await Portal.Http.UploadCsvAsync("small", Stories.SmallCsv(2, 1600));
        await Portal.Http.PostJsonAsync("/api/v1/people", new
        {
            userName = Person,
            displayName = "Otto Larsson",
            roles = new[] { "Engineer", "Approver", "Auditor", "Admin", "Labeler" },
            password = Password,
        });
        _browser = await Browser.StartAsync();
        Stranger = await _browser.VisitAsync(Portal);
        Visitor = await _browser.VisitAsync(Portal);
        await Visitor.SignInAsync(Person, Password);
    }

    public async ValueTask DisposeAsync()
    {
        if (Visitor is not null) await Visitor.DisposeAsync();
        if (Stranger is not null) await Stranger.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        if (Portal is not null) await Portal.DisposeAsync();
    }

    // One run that succeeds with other parameters, and waits for a signature; one that fails at its gate.
    private async Task RunAgainAsync()
    {
        var http = Portal.Http;
        var run = await http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "train.params.leaves=15", "train.params.iterations=80" } });
        _ids["run"] = run.Text("id");
        var failing = await http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "evaluate.require.auc.min=0.9999" } });
        _ids["failed"] = failing.Text("id");
        var done = await Stories.SucceedAsync(http, _ids["run"]);
        await http.UntilAsync($"/api/v1/runs/{_ids["failed"]}", r => r.Text("status") == "Failed");
        var version = done["modelVersion"]!["version"]!.GetValue<int>();
        var asked = await http.PostJsonAsync($"/api/v1/models/small/versions/{version}/transitions", new { to = "Production", reason = "More leaves; the same data." });
        _ids["approval"] = asked.Text("approvalId");
    }

    // A sweep of two, and a config that it could have composed.
    private async Task SearchAsync()
    {
        await Portal.Http.PutYamlAsync("/api/v1/configs/training/fast", "iterations: 20\nleaves: 7\n");
        var sweep = await Portal.Http.PostJsonAsync("/api/v1/pipelines/small/sweeps", new { overrides = new[] { "train.params.leaves=3,5" }, metric = "auc" });
        _ids["sweep"] = sweep.Text("id");
        await Portal.Http.UntilAsync($"/api/v1/sweeps/{_ids["sweep"]}", s => s.Text("state") == "Succeeded");
    }

    // Enough to say something of drift and accuracy; the later half comes from elsewhere than the training data.
    private async Task DecideAsync()
    {
        var random = new Random(5);
        var feedback = new JsonArray();
        for (var i = 0; i < 240; i++)
        {
            var (a, b) = (random.NextDouble() * (i < 120 ? 1 : 0.5), random.NextDouble());
            var answer = await Portal.Http.PostJsonAsync("/api/v1/agents/small/decide", new { inputs = new { a, b }, unit = $"user-{i % 40}" });
            if (i % 2 == 0) feedback.Add(new JsonObject { ["decisionId"] = answer.Text("decisionId"), ["kind"] = "label", ["value"] = a + b > 1 ? "yes-sir" : "no-sir" });
        }

        await Portal.Http.PostJsonAsync("/api/v1/feedback", feedback);
    }
}
