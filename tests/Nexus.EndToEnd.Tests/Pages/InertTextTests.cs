using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>Markup and links in every text that people and programs may leave: shown as they are, and never alive.</summary>
[Trait("Length", "Long")]
public sealed class InertTextTests
{
    private const string Name = "inert";
    private const string Person = "mallory";
    private const string Password = "four words make it";

    /// <summary>Whatever of it came alive would leave the mark <c>data-alive</c> or say so in a dialog.</summary>
    private const string Evil = "<img src=x onerror=\"document.documentElement.dataset.alive=1\"><script>alert(1)</script>\"'><b class=alive>x</b>[a](javascript:alert(2)) ![b](data:image/svg+xml,<svg onload=alert(3)>) {{7*7}}";

    [Fact]
    public async Task Markup_that_is_stored_wherever_text_is_taken_stays_text_on_every_page()
    {
        await using var portal = await PortalProcess.StartAsync();
        var paths = await StoreAsync(portal.Http);
        await using var browser = await Browser.StartAsync();
        await using var visitor = await browser.VisitAsync(portal);
        var dialogs = new List<string>();
        visitor.Page.Dialog += (_, dialog) =>
        {
            dialogs.Add($"{visitor.Page.Url}: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await visitor.SignInAsync(Person, Password);

        foreach (var path in paths)
        {
            await visitor.OpenAsync(path);
            (await visitor.Page.EvaluateAsync<bool>("() => !!document.documentElement.dataset.alive || !!document.querySelector('b.alive, img[src=\"x\"], a[href^=\"javascript:\" i], a[href^=\"data:\" i], svg[onload]')")).ShouldBeFalse(path);
        }

        dialogs.ShouldBeEmpty();
    }

    private static string Cut(int length) => Evil[..Math.Min(length, Evil.Length)];

    private static async Task<string[]> StoreAsync(HttpClient http)
    {
        await http.PostJsonAsync("/api/v1/people", new { userName = Person, displayName = Cut(190), roles = new[] { "Engineer", "Approver", "Auditor", "Admin" }, password = Password });
        await http.UploadCsvAsync(Name, $"\"{Evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\",y\n\"{Evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\",1\nb,2\n");
        await http.PutYamlAsync("/api/v1/configs/data/inert", $"# {Evil}\nnote: {JsonValue.Create(Evil)!.ToJsonString()}\n");
        await http.PutYamlAsync($"/api/v1/pipelines/{Name}", $$"""
            name: {{Name}}
            description: {{JsonValue.Create(Evil)!.ToJsonString()}}
            steps:
              ingest: { component: ingest, with: { dataset: {{Name}} } }
              validate: { component: validate, inputs: { data: ingest }, with: { limits: { minRows: 9 }, failOn: error } }
            """);
        var run = (await http.PostJsonAsync($"/api/v1/pipelines/{Name}/runs", new { })).Text("id");
        await http.UntilAsync($"/api/v1/runs/{run}", r => r.Text("status") is "Failed" or "Succeeded");
        (await http.PatchAsync($"/api/v1/runs/{run}", System.Net.Http.Json.JsonContent.Create(new { note = Evil, tags = new Dictionary<string, string> { ["tag"] = Cut(150) } }))).EnsureSuccessStatusCode();
        await http.PutJsonAsync($"/api/v1/views/{Uri.EscapeDataString(Cut(90))}", new { query = "filter=" + Evil });
        await http.PostJsonAsync($"/api/v1/people/{Person}/keys", new { name = Cut(90) });
        return
        [
            "/", "/datasets", $"/datasets/{Name}", $"/datasets/{Name}/1/preview", $"/datasets/{Name}/1/profile", "/configs", "/pipelines", $"/pipelines/{Name}", "/runs", $"/runs/{run}",
            $"/runs?filter={Uri.EscapeDataString(Evil)}", $"/lineage/run/{run}", "/settings", "/settings/people", "/audit", $"/audit?subject={Uri.EscapeDataString(Evil)}", $"/models/{Uri.EscapeDataString("<b class=alive>x</b>")}",
        ];
    }
}
