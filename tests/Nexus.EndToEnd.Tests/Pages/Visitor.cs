using Microsoft.Playwright;
using Shouldly;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>One person at one window. Whatever the browser's console complains of is kept, and no page may leave any.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    // The page stands: its title is there, nothing loads any more, charts and editors are drawn.
    private const string Settled = """
        () => document.querySelector('main h1') && !document.querySelector('main .skeleton')
          && [...document.querySelectorAll('main .plot:not([hidden])')].every(plot => plot.dataset.drawn
            && plot.querySelector('.main-svg')?.getBoundingClientRect().width <= plot.clientWidth + 1)
          && [...document.querySelectorAll('main .yaml')].every(editor => editor.dataset.ready)
          && document.fonts.status === 'loaded'
        """;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            // The editor's worker ends with its page; one that was still loading says so.
            if (message.Type is "error" && !message.Text.Contains("simpleWorker.nls.js", StringComparison.Ordinal)) _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public async Task SignInAsync(string userName, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("User name").FillAsync(userName);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await SettleAsync();
    }

    public async Task OpenAsync(string path)
    {
        _complaints.Clear();
        await Page.GotoAsync(path);
        await SettleAsync();
    }

    public Task SettleAsync() => Page.WaitForFunctionAsync(Settled);

    /// <summary>Waits for a text in the page's body.</summary>
    public Task SeeAsync(string text, int seconds = 30) =>
        Page.Locator("main").GetByText(text).First.WaitForAsync(new() { Timeout = seconds * 1000 });

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    /// <summary>Into tests/pictures, which git ignores.</summary>
    public Task PictureAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Directory.CreateDirectory(Repository.PathOf("tests", "pictures")).FullName, $"{name}.png"),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });

    public void ShouldHaveNothingToComplainOf() => _complaints.ShouldBeEmpty();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
