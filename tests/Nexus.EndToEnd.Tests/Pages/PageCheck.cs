using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>Looks at a page as its users would: both themes, a phone, and what shuts people out.</summary>
internal static class PageCheck
{
    private const string Standard = """{ "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }""";

    // All that a theme can break.
    private const string Theme = """{ "type": "rule", "values": ["color-contrast", "link-in-text-block"] }""";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

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
        await AccessibleAsync(visitor.Page, path, Theme);
        await visitor.Page.GetByLabel("Change between light and dark").ClickAsync();
    }

    /// <summary>Nothing serious or critical by the rules of WCAG 2.1 AA, or by those given.</summary>
    /// <param name="rules">Axe's <c>runOnly</c>.</param>
    public static async Task AccessibleAsync(IPage page, string path, string rules = Standard)
    {
        // Given to a page once: axe's own package for Playwright does it anew, and in a window more, each time that it is asked.
        if (!await page.EvaluateAsync<bool>("() => !!window.axe")) await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>("""
            rules => axe.run(document, { runOnly: JSON.parse(rules), resultTypes: ['violations'] }).then(answer => answer.violations
              .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
              .map(violation => [`${violation.id}: ${violation.help}`, ...violation.nodes.slice(0, 5).map(node => `    ${node.html}`)].join('\n')))
            """, rules);
        violations.ShouldBeEmpty(path);
    }

    private static async Task FitsAsync(IPage page, int width) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"The page is wider than its window of {width} px.");
}
