using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>What a newcomer meets: the sample workspace, the way through it, and its end.</summary>
[Trait("Length", "Long")]
public sealed class TourTests : IAsyncLifetime
{
    private static readonly string[] Stations =
        ["What needs you", "An agent at work", "The run that made a version", "May this version go live?", "A second person signs", "Who did what"];

    private PortalProcess _portal = null!;
    private Browser _browser = null!;
    private Visitor _nora = null!;

    private IPage Page => _nora.Page;

    private ILocator Panel => Page.Locator(".tour");

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__SampleData"] = "true", ["Nexus__Samples__Rows"] = "2000" });
        await _portal.Http.PostJsonAsync("/api/v1/people", new
        {
            userName = FurnishedPortal.Person,
            displayName = "Nora Lund",
            roles = new[] { "Engineer", "Approver", "Auditor", "Admin" },
            password = FurnishedPortal.Password,
        });
        await _portal.Http.UntilAsync("/api/v1/samples", sample => sample.Text("state") == "Ready");
        _browser = await Browser.StartAsync();
        _nora = await _browser.VisitAsync(_portal);
        await _nora.SignInAsync(FurnishedPortal.Person, FurnishedPortal.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await _nora.DisposeAsync();
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Six_stations_lead_through_the_sample_each_pointing_at_what_it_speaks_of()
    {
        await _nora.PressAsync("Take the tour");
        var places = new List<string>();
        for (var i = 0; i < Stations.Length; i++)
        {
            await Panel.GetByRole(AriaRole.Heading, new() { Name = Stations[i], Exact = true }).WaitForAsync();
            await Panel.GetByText($"{i + 1} of 6").WaitForAsync();
            await Page.Locator("main .tour-here").WaitForAsync(new() { State = WaitForSelectorState.Visible });
            await _nora.SettleAsync();
            await _nora.PictureAsync($"tour-{i + 1}");
            await PageCheck.AccessibleAsync(Page, $"station {i + 1}");
            places.Add(new Uri(Page.Url).AbsolutePath);
            await Panel.GetByRole(AriaRole.Button, new() { Name = i < 5 ? "Next" : "Done", Exact = true }).ClickAsync();
        }

        places.Distinct().Count().ShouldBe(6);
        places[1].ShouldBe("/agents/loans");
        await Panel.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        _nora.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Tour_goes_on_after_a_reload_stays_skipped_and_is_begun_anew_from_the_keys()
    {
        await _nora.PressAsync("Take the tour");
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Panel.GetByText("2 of 6").WaitForAsync();
        await Page.ReloadAsync();
        await Panel.GetByText("2 of 6").WaitForAsync();
        await Panel.GetByRole(AriaRole.Button, new() { Name = "Skip the tour" }).ClickAsync();
        await Panel.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await _nora.OpenAsync("/runs");
        (await Panel.CountAsync()).ShouldBe(0);

        await Page.Keyboard.PressAsync("?");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take the tour" }).ClickAsync();
        await Panel.GetByText("1 of 6").WaitForAsync();
        await Page.WaitForURLAsync(_portal.Address.ToString());
        await _nora.SettleAsync();
        await Assertions.Expect(Page.Locator("#tour-title")).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await Page.Locator("#tour-title").PressAsync("Escape"); // the page's own title may take the focus once more
        await Panel.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        _nora.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Sample_workspace_is_removed_with_one_click_and_an_assent()
    {
        await _nora.SeeAsync("This is a sample workspace.");
        await _nora.PressAsync("Remove the sample");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await _nora.SeeAsync("This portal is empty.", seconds: 60);
        (await Page.GetByText("This is a sample workspace.").CountAsync()).ShouldBe(0);
        foreach (var list in (string[])["agents", "models", "runs", "pipelines", "datasets"])
            (await _portal.Http.GetJsonAsync($"/api/v1/{list}"))["items"]!.AsArray().ShouldBeEmpty(list);
        _nora.ShouldHaveNothingToComplainOf();
    }
}
