using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>
/// A portal with what breaks pages: 200 features with names of 60 characters, a table without rows and one with a million, values of
/// markup and many scripts, nothing but failed runs, every name as long as names may be.
/// </summary>
public sealed class AwkwardPortal : IAsyncLifetime
{
    /// <summary>63 characters: the longest name there is.</summary>
    public const string Long = "the-longest-name-that-anybody-may-give-to-anything-in-this-home";
    public const string Doomed = "doomed-to-fail-again-and-again-whatever-anybody-does-about-it";
    private const int Features = 200;
    private readonly Dictionary<string, string> _ids = new() { ["long"] = Long, ["doomed"] = Doomed };
    private Browser? _browser;

    internal PortalProcess Portal { get; private set; } = null!;

    internal Visitor Visitor { get; private set; } = null!;

    internal string Path(string template) => _ids.Aggregate(template, (path, id) => path.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalProcess.StartAsync();
        var http = Portal.Http;
        await http.UploadCsvAsync(Long, WideCsv());
        await http.UploadCsvAsync("empty", "id,when,what\n");
        await http.UploadCsvAsync("scripts", "id,word,nothing\n1,<script>alert(1)</script>,\n2,\"نص من اليمين إلى اليسار, 日本語のテキスト\",\n3,=HYPERLINK(\"\"x\"\"),\n");
        await http.UploadCsvAsync("million", MillionCsv());
        await http.PutYamlAsync($"/api/v1/pipelines/{Long}", Pipeline(Long));
        await http.PutYamlAsync($"/api/v1/pipelines/{Doomed}", Pipeline(Doomed));
        var failing = new List<string>();
        for (var i = 0; i < 3; i++) failing.Add((await http.PostJsonAsync($"/api/v1/pipelines/{Doomed}/runs", new { overrides = new[] { "evaluate.require.auc.min=0.99999" } })).Text("id"));
        _ids["run"] = (await http.PostJsonAsync($"/api/v1/pipelines/{Long}/runs", new { })).Text("id");
        _ids["failed"] = failing[0];
        foreach (var run in failing) await http.UntilAsync($"/api/v1/runs/{run}", r => r.Text("status") == "Failed");
        await Stories.SucceedAsync(http, _ids["run"]);
        await ServeAsync();
        await http.PostJsonAsync("/api/v1/people", new
        {
            userName = FurnishedPortal.Person,
            displayName = "Wolfeschlegelsteinhausenbergerdorff Ottokar Maria von und zu Larsson",
            roles = new[] { "Engineer", "Approver", "Auditor", "Admin", "Labeler" },
            password = FurnishedPortal.Password,
        });
        _browser = await Browser.StartAsync();
        Visitor = await _browser.VisitAsync(Portal);
        await Visitor.SignInAsync(FurnishedPortal.Person, FurnishedPortal.Password);
    }

    public async ValueTask DisposeAsync()
    {
        if (Visitor is not null) await Visitor.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        if (Portal is not null) await Portal.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        var asked = await Portal.Http.PostJsonAsync($"/api/v1/models/{Long}/versions/1/transitions", new { to = "Production", reason = string.Concat(Enumerable.Repeat("Because. ", 60)) });
        using var approver = await Stories.ApproverAsync(Portal);
        await approver.PostJsonAsync($"/api/v1/approvals/{asked.Text("approvalId")}/decisions", new { decision = "approve", comment = "fine" });
        _ids["approval"] = asked.Text("approvalId");
        await Portal.Http.PutJsonAsync($"/api/v1/agents/{Long}", new { model = Long, description = string.Concat(Enumerable.Repeat("Decides much. ", 60)) });
        for (var i = 0; i < 20; i++)
        {
            var inputs = new JsonObject(Enumerable.Range(0, Features).Select(f => KeyValuePair.Create(Feature(f), (JsonNode?)JsonValue.Create((f * i % 17) / 17.0))));
            await Portal.Http.PostJsonAsync($"/api/v1/agents/{Long}/decide", new { inputs });
        }
    }

    /// <summary>60 characters.</summary>
    private static string Feature(int number) => $"measurement_of_something_that_somebody_once_thought_of_{number:D5}";

    private static string WideCsv()
    {
        var random = new Random(3);
        var csv = new StringBuilder(string.Join(',', Enumerable.Range(0, Features).Select(Feature))).Append(",outcome\n");
        for (var row = 0; row < 600; row++)
        {
            var sum = 0.0;
            for (var f = 0; f < Features; f++)
            {
                var value = random.NextDouble();
                if (f < 3) sum += value;
                csv.Append(CultureInfo.InvariantCulture, $"{value:F4},");
            }

            csv.Append(sum > 1.5 ? "an-outcome-with-quite-a-long-name\n" : "no\n");
        }

        return csv.ToString();
    }

    private static string MillionCsv()
    {
        var random = new Random(4);
        var csv = new StringBuilder("id,amount,kind\n", 24_000_000);
        for (var row = 0; row < 1_000_000; row++) csv.Append(CultureInfo.InvariantCulture, $"{row},{random.NextDouble() * 1000:F2},{"abcdefgh"[random.Next(8)]}\n");
        return csv.ToString();
    }

    private static string Pipeline(string name) => $$"""
        name: {{name}}
        steps:
          ingest: { component: ingest, with: { dataset: {{Long}} } }
          transform:
            component: transform
            inputs: { data: ingest }
            with: { label: outcome, positive: an-outcome-with-quite-a-long-name, exclude: [], split: { by: random, train: 0.7, seed: 3 } }
          train: { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7, params: { iterations: 20, leaves: 7 } } }
          evaluate: { component: evaluate, inputs: { model: train, data: transform }, with: { require: { auc: { min: 0.5 } } } }
          push: { component: push, inputs: { model: train, report: evaluate }, with: { model: {{name}} } }
        """;
}
