using Bunit;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class MarkdownTests : BunitContext
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe src=\"javascript:alert(1)\"></iframe>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt:alert(1))")]
    [InlineData("[a](java\tscript:alert(1))")]
    [InlineData("[a](&#106;avascript:alert(1))")]
    [InlineData("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[a](vbscript:x)")]
    [InlineData("[a](file:///etc/passwd)")]
    [InlineData("![a](https://elsewhere.example/pixel.png)")]
    [InlineData("![a](data:image/svg+xml;base64,PHN2Zz4=)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[a]: javascript:alert(1)\n[a]")]
    [InlineData("```html\n<script>alert(1)</script>\n```")]
    [InlineData("| a |\n| - |\n| <b onmouseover=alert(1)>x</b> |")]
    [InlineData("[a](https://x \"\\\" onmouseover=alert(1) \\\"\")")]
    public void Markdown_that_means_harm_is_inert(string text)
    {
        var prose = Render<Markdown>(p => p.Add(m => m.Text, text)).Find(".prose");

        prose.QuerySelectorAll("script, img, svg, iframe, object, embed, form, style, link, base").ShouldBeEmpty();
        foreach (var element in prose.QuerySelectorAll("*"))
        {
            element.Attributes.ShouldNotContain(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style");
            if (element.GetAttribute("href") is { } link) (link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("http://", StringComparison.Ordinal) || link.StartsWith('/')).ShouldBeTrue(link);
        }
    }

    [Fact]
    public void Markdown_that_means_well_is_shown() =>
        Render<Markdown>(p => p.Add(m => m.Text, "# Use\n\n- [docs](https://example.org)\n- **bold**")).Markup.ShouldContain("<a href=\"https://example.org\">docs</a>");
}
