using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>Every page at 1440 px in light and dark and at 390 px: nothing that shuts people out, nothing cut off, and a picture to look at.</summary>
public sealed class PagesTests(FurnishedPortal portal) : IClassFixture<FurnishedPortal>
{
    public static TheoryData<string> Paths =>
    [
        "/",
        "/agents", "/agents/small", "/agents/small/decisions", "/agents/small/monitoring", "/agents/small/feedback", "/agents/small/history",
        "/models", "/models/small", "/models/small/1", "/models/small/1/slices", "/models/small/1/signature", "/models/small/1/lineage", "/models/small/1/card",
        "/runs", "/runs/{run}", "/runs/{failed}",
        "/pipelines", "/pipelines/small", "/new-pipeline",
        "/datasets", "/datasets/small", "/datasets/small/1/preview", "/datasets/small/1/versions", "/datasets/small/1/uses",
        "/approvals", "/approvals/{approval}",
        "/audit", "/settings", "/settings/people", "/not-here",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_is_open_to_everybody_in_both_themes_and_on_a_phone(string path)
    {
        var (visitor, page) = (portal.Visitor, portal.Visitor.Page);
        await page.SetViewportSizeAsync(1440, 900);
        await visitor.OpenAsync(portal.Path(path));
        await LookAsync(visitor, path, "light");
        await CheckAsync(page, path, new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
        await page.GetByLabel("Change between light and dark").ClickAsync();
        await LookAsync(visitor, path, "dark");
        await CheckAsync(page, path, new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] }); // all that a theme can break
        await page.GetByLabel("Change between light and dark").ClickAsync();
        await page.SetViewportSizeAsync(390, 844);
        await visitor.SettleAsync();
        await LookAsync(visitor, path, "phone");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, "The page is wider than the phone.");
        visitor.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Sign_in_is_open_to_everybody()
    {
        var page = portal.Stranger.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("User name").WaitForAsync();
        await LookAsync(portal.Stranger, "/sign-in", "light");
        await CheckAsync(page, "/sign-in", new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
        portal.Stranger.ShouldHaveNothingToComplainOf();
    }

    private static Task LookAsync(Visitor visitor, string path, string look)
    {
        var name = path == "/" ? "home" : path.Trim('/').Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        return visitor.PictureAsync($"{name}-{look}");
    }

    private static async Task CheckAsync(IPage page, string path, RunOnlyOptions only)
    {
        var axe = await page.RunAxe(new AxeRunOptions { RunOnly = only });
        axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ShouldBeEmpty(path);
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Take(5).Select(node => $"    {node.Html}"))}";
}
