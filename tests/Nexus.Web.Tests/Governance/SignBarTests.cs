using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Nexus.Data.Governance;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Web.Governance;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Governance;

public sealed class SignBarTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Requester_sees_why_they_cannot_sign()
    {
        await using var page = Page();

        var bar = Render(page, ApprovalState.Pending, new("EVA", new HashSet<Role> { Role.Approver }));

        bar.FindAll("button").ShouldBeEmpty();
        bar.Markup.ShouldContain("somebody else has to sign");
    }

    [Fact]
    public async Task Person_without_the_role_sees_which_one_it_takes()
    {
        await using var page = Page();

        var bar = Render(page, ApprovalState.Pending, new("vera", new HashSet<Role> { Role.Viewer }));

        bar.FindAll("button").ShouldBeEmpty();
        bar.Markup.ShouldContain("role Approver");
    }

    [Fact]
    public async Task Approver_can_approve_at_once_and_reject_with_a_comment()
    {
        await using var page = Page();

        var bar = Render(page, ApprovalState.Pending, new("ada", new HashSet<Role> { Role.Approver }));

        bar.Find("button.primary").HasAttribute("disabled").ShouldBeFalse();
        bar.Find("button.danger").HasAttribute("disabled").ShouldBeTrue();
        bar.Find("input").Input("Too thin.");
        bar.Find("button.danger").HasAttribute("disabled").ShouldBeFalse();
    }

    [Theory]
    [InlineData(ApprovalState.Lapsed, "has changed since it was shown")]
    [InlineData(ApprovalState.Expired, "nobody decided within 72 hours")]
    public async Task Closed_approval_says_why_and_how_to_ask_again(ApprovalState state, string why)
    {
        await using var page = Page();

        var bar = Render(page, state, new("ada", new HashSet<Role> { Role.Approver }));

        bar.Markup.ShouldContain(why);
        bar.Find("a").GetAttribute("href").ShouldBe("/models/price/2");
    }

    private BunitContext Page()
    {
        var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.Services.AddScoped<Notices>();
        page.Services.AddSingleton(portal.Get<ApprovalService>());
        return page;
    }

    private static IRenderedComponent<SignBar> Render(BunitContext page, ApprovalState state, Actor actor) =>
        page.Render<SignBar>(p => p.Add(b => b.Approval, Approval(state)).Add(b => b.Actor, actor));

    private static ApprovalView Approval(ApprovalState state)
    {
        var candidate = new VersionEvidence(2, "", 0, "eva", default, null, "", new Dictionary<string, MetricEstimate>(), null, null, JsonSerializer.SerializeToElement(new { }));
        return new(
            Guid.NewGuid(), "model-transition", "model/price@2", new("price", 2, Stage.Production), state, "eva", "better", default, default, "",
            new("price", 2, Stage.None, Stage.Production, candidate, null, null, [], [], default), null, null, null);
    }
}
