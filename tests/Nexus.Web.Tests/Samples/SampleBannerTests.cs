using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Samples;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Samples;

public sealed class SampleBannerTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData(SampleState.Seeding, null, "Remove the sample")]
    [InlineData(SampleState.Seeding, "The trainer is not here.", "Try again|Remove the sample")]
    [InlineData(SampleState.Ready, null, "Take the tour|Start traffic|Remove the sample")]
    [InlineData(SampleState.Removing, null, "")]
    public async Task Banner_offers_what_the_sample_can_do_in_its_state(SampleState state, string? error, string offered)
    {
        await using var page = new BunitContext();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        page.Services.AddMudServices();
        page.Services.AddSingleton(TimeProvider.System).AddScoped<PageClock>().AddSingleton(portal.Get<SampleService>());
        page.Services.AddScoped<Notices>().AddScoped<CurrentActor>().AddScoped<SampleRemovalDialog>();
        page.AddAuthorization().SetAuthorized("ada").SetRoles("Engineer").SetPolicies(Policies.Engineer, Policies.Samples);
        var sample = new SampleView(state, "loans", "mara.lind", "jon.aho", DateTimeOffset.UnixEpoch, "Training", 2, 5, error, null, null);

        var banner = page.Render<SampleBanner>(b => b.Add(s => s.Sample, sample));

        string.Join('|', banner.FindAll("button").Select(button => button.TextContent.Trim())).ShouldBe(offered);
        if (error is not null) banner.Find("[role=alert]").TextContent.ShouldContain(error);
    }
}
