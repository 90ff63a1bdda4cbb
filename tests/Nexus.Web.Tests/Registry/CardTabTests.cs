using System.Net;
using System.Net.Http.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Registry;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Registry;

public sealed class CardTabTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private readonly string _model = $"tab-{Guid.NewGuid():N}";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Card_that_somebody_else_wrote_on_while_it_was_edited_is_not_overwritten()
    {
        var eva = portal.As("eva", Role.Engineer);
        (await eva.PostAsync($"/api/v1/models/{_model}/versions", Onnx.Form(Onnx.Echo("first")), Stop)).EnsureSuccessStatusCode();
        await using var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.Services.AddScoped<Notices>().AddScoped<CurrentActor>();
        page.Services.AddSingleton(portal.Get<ModelEditor>()).AddSingleton(portal.Get<CardReader>()).AddSingleton(portal.Get<ModelCardService>());
        page.AddAuthorization().SetAuthorized("ada").SetRoles("Engineer").SetPolicies(Policies.Engineer);
        var version = await portal.Get<ModelCatalog>().GetVersionAsync(_model, 1, Stop);
        var tab = page.Render<CardTab>(card => card.Add(c => c.Version, version));
        tab.WaitForElement("button:not([disabled])");
        tab.FindAll("button").First(button => button.TextContent == "Edit").Click();
        tab.Find("textarea").Input("mine");

        await (await eva.PutAsJsonAsync($"/api/v1/models/{_model}/versions/1/card", new { intendedUse = "hers", revision = 0 }, Stop)).ShouldBeJsonAsync(HttpStatusCode.OK);
        tab.Render(card => card.Add(c => c.Version, version)); // as after an event
        await tab.Find("form.edit").SubmitAsync(new EventArgs());

        (await eva.GetStringAsync($"/api/v1/models/{_model}/versions/1/card", Stop)).ShouldContain("hers");
        tab.Find("textarea").GetAttribute("value").ShouldBe("mine"); // still there to copy
    }
}
