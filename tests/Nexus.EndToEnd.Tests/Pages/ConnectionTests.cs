using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>The portal goes away under an open page, and comes back.</summary>
[Trait("Length", "Long")]
public sealed class ConnectionTests : IAsyncLifetime
{
    private const string Overrides = "train.params.leaves=15";
    private PortalProcess _portal = null!;
    private Browser _browser = null!;
    private Visitor _mara = null!;

    private IPage Page => _mara.Page;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync("Production");
        await _portal.Http.PostJsonAsync("/api/v1/people", new { userName = "mara", displayName = "Mara Lind", roles = new[] { "Engineer" }, password = FurnishedPortal.Password });
        _browser = await Browser.StartAsync();
        _mara = await _browser.VisitAsync(_portal);
        await _mara.SignInAsync("mara", FurnishedPortal.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await _mara.DisposeAsync();
        await _browser.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Lost_connection_is_said_and_what_was_typed_is_there_again_after_a_restart()
    {
        await _mara.OpenAsync("/new-pipeline");
        await Page.GetByLabel("Overrides, one a line").PressSequentiallyAsync(Overrides);
        await Page.Locator(".yaml .view-line").First.ClickAsync();
        await Page.Keyboard.PressAsync("End");
        await Page.Keyboard.TypeAsync("-of-mine");
        await _portal.KillAsync();

        var bar = Page.Locator("#components-reconnect-modal");
        await bar.GetByText("The connection is lost").First.WaitForAsync();
        await _mara.PictureAsync("connection-lost");
        (await Page.Locator("main h1").InnerTextAsync()).ShouldContain("New pipeline", customMessage: "the page stays readable");
        // Typed into a page that nobody answers.
        await Page.GetByLabel("Dataset", new() { Exact = true }).PressSequentiallyAsync("houses");

        await _portal.StartAgainAsync();

        await Page.GetByText("What you had typed is put back.").WaitForAsync(new() { Timeout = 90_000 });
        await _mara.SettleAsync();
        await bar.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Assertions.Expect(Page.GetByLabel("Overrides, one a line")).ToHaveValueAsync(Overrides);
        await Assertions.Expect(Page.GetByLabel("Dataset", new() { Exact = true })).ToHaveValueAsync("houses");
        await Page.WaitForFunctionAsync("() => monaco.editor.getModels().at(-1).getValue().startsWith('name: my-pipeline-of-mine')");
        // And the page is alive: the portal has read what was put back.
        await _mara.SeeAsync("my-pipeline-of-mine");
    }
}
