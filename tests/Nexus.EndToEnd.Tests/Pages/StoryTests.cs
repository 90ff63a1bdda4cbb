using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>The main story as three people live it: Mara builds, Ida signs, Jon audits.</summary>
public sealed class StoryTests : IAsyncLifetime
{
    private const string Password = "seven herons over the quarry";
    private static readonly string Elec2 = Repository.PathOf("tests", "data", "elec2", "elec2.csv");
    private PortalProcess _portal = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync("Production");
        _browser = await Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task From_a_csv_to_an_approved_model_that_answers_is_watched_and_accounted_for()
    {
        await using var mara = await ArriveAsync("mara", "Mara Lind", "Engineer");
        await using var ida = await ArriveAsync("ida", "Ida Berg", "Approver");
        await using var jon = await ArriveAsync("jon", "Jon Aho", "Auditor");

        try
        {
            await UploadAsync(mara);
            await WriteAndRunAsync(mara);
            await CancelAndRetryAsync(mara);
            await AskForProductionAsync(mara);
            await SignAsync(ida);
            await ServeAsync(mara);
            await AuditAsync(jon);
        }
        catch
        {
            // What they saw when it went wrong.
            foreach (var (person, name) in new[] { (mara, "mara"), (ida, "ida"), (jon, "jon") }) await person.PictureAsync($"story-{name}");
            throw;
        }

        foreach (var person in new[] { mara, ida, jon }) person.ShouldHaveNothingToComplainOf();
    }

    private async Task<Visitor> ArriveAsync(string userName, string displayName, string role)
    {
        await _portal.Http.PostJsonAsync("/api/v1/people", new { userName, displayName, roles = new[] { role }, password = Password });
        var visitor = await _browser.VisitAsync(_portal);
        await visitor.SignInAsync(userName, Password);
        return visitor;
    }

    private static async Task UploadAsync(Visitor mara)
    {
        for (var time = 0; time < 2; time++) // the same content again is the same version
        {
            await mara.OpenAsync("/datasets");
            await mara.PressAsync("New dataset");
            await mara.Page.GetByLabel("File").SetInputFilesAsync(Elec2);
            // The file's name is offered as the dataset's.
            await Assertions.Expect(mara.Page.GetByLabel("Dataset", new() { Exact = true })).ToHaveValueAsync("elec2");
            await mara.PressAsync("Upload");
            await mara.Page.WaitForURLAsync("**/datasets/elec2/1");
            await mara.SettleAsync();
        }

        await mara.SeeAsync("nswprice");
        await mara.SeeAsync("45,312");
    }

    private static async Task WriteAndRunAsync(Visitor mara)
    {
        await mara.OpenAsync("/new-pipeline");
        await WriteAsync(mara, Elec2Pipeline.Text.Replace("numeric:", "numerics:", StringComparison.Ordinal));
        await mara.SeeAsync("numerics");
        await mara.SeeAsync("1 problem");
        await WriteAsync(mara, Elec2Pipeline.Text);
        await mara.SeeAsync("Nothing is wrong with it.");
        await mara.PressAsync("Save and run");
        await mara.SeeAsync("Started by");
        await mara.SeeAsync("How good is it?", seconds: 120);
        await mara.Page.Locator("h1").GetByText("Succeeded").WaitForAsync(new() { Timeout = 60_000 });
        await mara.SeeAsync("AUC");
        (await mara.Page.GetByRole(AriaRole.Log).InnerTextAsync()).Length.ShouldBeGreaterThan(20);
    }

    private static async Task CancelAndRetryAsync(Visitor mara)
    {
        await mara.OpenAsync("/pipelines/elec2");
        await mara.Page.GetByLabel("Overrides, one a line").FillAsync("train.params.iterations=2000");
        await mara.PressAsync("Run");
        await mara.Page.Locator("main .node.busy").GetByText("train", new() { Exact = true }).WaitForAsync();
        await mara.PressAsync("Cancel");
        await mara.PressAsync("Cancel the run");
        await mara.Page.Locator("h1").GetByText("Canceled").WaitForAsync();
        await mara.PressAsync("Retry");
        await mara.Page.Locator("h1").GetByText("Running").WaitForAsync();
        await mara.PressAsync("Cancel");
        await mara.PressAsync("Cancel the run");
        await mara.Page.Locator("h1").GetByText("Canceled").WaitForAsync();
    }

    private static async Task AskForProductionAsync(Visitor mara)
    {
        await mara.OpenAsync("/models/elec2/1");
        await mara.SeeAsync("AUC");
        await mara.PressAsync("Ask for Production");
        await mara.Page.GetByLabel("Why? The approver reads it.").FillAsync("The first model for prices.");
        await mara.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ask for Production" }).ClickAsync();
        await mara.SeeAsync("somebody else has to sign");
        (await mara.Page.GetByRole(AriaRole.Button, new() { Name = "Sign and approve" }).CountAsync()).ShouldBe(0);
    }

    private static async Task SignAsync(Visitor ida)
    {
        // The count came by itself: Ida has stood at her home page all the time.
        await ida.Page.GetByLabel("1 to decide").WaitForAsync();
        await ida.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Review" }).ClickAsync();
        await ida.SeeAsync("The first model for prices.");
        await ida.Page.GetByLabel("Comment").FillAsync("The intervals convince me.");
        await ida.PressAsync("Sign and approve");
        await ida.SeeAsync("has approved it");
        await ida.Page.GetByLabel("1 to decide").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task ServeAsync(Visitor mara)
    {
        await mara.OpenAsync("/agents");
        await mara.PressAsync("New agent");
        var dialog = mara.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("price-direction");
        await dialog.GetByLabel("Model").SelectOptionAsync("elec2");
        await mara.PressAsync("Make the agent");
        await mara.SeeAsync("version 1 · production");
        await DecideAsync();
        await mara.SeeAsync("Is it still right?"); // the page moves by itself
        await mara.OpenAsync("/agents/price-direction/feedback");
        await mara.SeeAsync("label");
    }

    private async Task DecideAsync()
    {
        var key = await _portal.Http.PostJsonAsync("/api/v1/people/mara/keys", new { name = "story" });
        using var http = _portal.ClientFor(key.Text("key"));
        var rows = File.ReadLines(Elec2).Take(1).Concat(File.ReadLines(Elec2).Skip(30_000).Take(60)).Select(line => line.Split(',')).ToList();
        var labels = new JsonArray();
        foreach (var row in rows.Skip(1))
        {
            var inputs = rows[0].Zip(row).Where(cell => cell.First is not ("class" or "timestamp" or "date"))
                .ToDictionary(cell => cell.First, cell => double.TryParse(cell.Second, CultureInfo.InvariantCulture, out var number) ? (object)number : cell.Second);
            var answer = await http.PostJsonAsync("/api/v1/agents/price-direction/decide", new { inputs });
            labels.Add(new JsonObject { ["decisionId"] = answer.Text("decisionId"), ["kind"] = "label", ["value"] = row[Array.IndexOf(rows[0], "class")] });
        }

        (await http.PostJsonAsync("/api/v1/feedback", labels))["accepted"]!.GetValue<int>().ShouldBe(60);
    }

    private static async Task AuditAsync(Visitor jon)
    {
        await jon.OpenAsync("/audit");
        await jon.SeeAsync("ida");
        await jon.SeeAsync("mara");
        await jon.PressAsync("Verify now");
        await jon.SeeAsync("Verified up to entry");
    }

    private static async Task WriteAsync(Visitor mara, string yaml) =>
        await mara.Page.EvaluateAsync("text => monaco.editor.getModels().at(-1).setValue(text)", yaml);
}
