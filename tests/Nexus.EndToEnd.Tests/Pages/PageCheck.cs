using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>Looks at a page as its users would: both themes, a phone, and what shuts people out.</summary>
internal static class PageCheck
{
    /// <summary>At 1440 px in light and dark and at 390 px: nothing serious to axe, nothing wider than the window, a picture each.</summary>
    /// <param name="dark">False where the dark theme shows nothing that another page does not.</param>
    public static async Task OpenToEverybodyAsync(Visitor visitor, string path, string name, bool dark = true)
    {
        var page = visitor.Page;
        await page.SetViewportSizeAsync(1440, 900);
        await visitor.OpenAsync(path);
        await visitor.PictureAsync($"{name}-light");
        await AccessibleAsync(page, path);
        await FitsAsync(page, 1440);
        if (dark) await DarkAsync(visitor, path, name);
        await page.SetViewportSizeAsync(390, 844);
        await visitor.SettleAsync();
        await visitor.PictureAsync($"{name}-phone");
        await FitsAsync(page, 390);
        visitor.ShouldHaveNothingToComplainOf();
    }

    private static async Task DarkAsync(Visitor visitor, string path, string name)
    {
        await visitor.Page.GetByLabel("Change between light and dark").ClickAsync();
        await visitor.PictureAsync($"{name}-dark");
        await AccessibleAsync(visitor.Page, path, new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] }); // all that a theme can break
        await visitor.Page.GetByLabel("Change between light and dark").ClickAsync();
    }

    /// <summary>Nothing serious or critical by the rules of WCAG 2.1 AA, or by those given.</summary>
    public static async Task AccessibleAsync(IPage page, string path, RunOnlyOptions? only = null)
    {
        only ??= new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
        var axe = await page.RunAxe(new AxeRunOptions { RunOnly = only });
        axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ShouldBeEmpty(path);
    }

    private static async Task FitsAsync(IPage page, int width) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"The page is wider than its window of {width} px.");

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}\n{string.Join('\n', violation.Nodes.Take(5).Select(node => $"    {node.Html}"))}";
}
