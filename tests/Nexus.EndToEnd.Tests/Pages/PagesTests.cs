using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>Every page at 1440 px in light and dark and at 390 px: nothing that shuts people out, nothing cut off, and a picture to look at.</summary>
public sealed class PagesTests(FurnishedPortal portal) : IClassFixture<FurnishedPortal>
{
    public static TheoryData<string> Paths =>
    [
        "/",
        "/agents", "/agents/small", "/agents/small/decisions", "/agents/small/monitoring", "/agents/small/feedback", "/agents/small/history",
        "/models", "/models/small", "/models/small/1", "/models/small/1/slices", "/models/small/1/what-if", "/models/small/1/signature", "/models/small/1/lineage", "/models/small/1/card",
        "/runs", "/runs?group=pipeline", "/runs/{run}", "/runs/{failed}", "/runs/compare?runs={run},{failed}", "/sweeps", "/sweeps/{sweep}",
        "/pipelines", "/pipelines/small", "/new-pipeline", "/configs", "/configs/training/fast", "/new-config",
        "/datasets", "/datasets/small", "/datasets/small/2/preview", "/datasets/small/2/correlations", "/datasets/small/2/difference", "/datasets/small/2/query",
        "/datasets/small/1/versions", "/datasets/small/1/uses", "/lineage/agent/small",
        "/approvals", "/approvals/{approval}",
        "/audit", "/settings", "/settings/people", "/not-here",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public Task Page_is_open_to_everybody_in_both_themes_and_on_a_phone(string path) =>
        PageCheck.OpenToEverybodyAsync(portal.Visitor, portal.Path(path), NameOf(path));

    [Fact]
    public async Task Sign_in_is_open_to_everybody()
    {
        var page = portal.Stranger.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("User name").WaitForAsync();
        await portal.Stranger.PictureAsync("sign-in-light");
        await PageCheck.AccessibleAsync(page, "/sign-in");
        portal.Stranger.ShouldHaveNothingToComplainOf();
    }

    private static string NameOf(string path) =>
        path == "/" ? "home" : string.Join('-', path.Split(['/', '?', '=', ',', '{', '}'], StringSplitOptions.RemoveEmptyEntries));
}
