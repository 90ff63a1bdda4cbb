using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>What an engineer does at the workbench: searches settings, compares, mends a text, looks into data and models.</summary>
public sealed class WorkbenchTests(FurnishedPortal portal) : IClassFixture<FurnishedPortal>
{
    /// <summary>From the last key to the mark, the best of three: the machine may do something else meanwhile.</summary>
    private const double MarkedWithinMilliseconds = 500;

    /// <summary>Answers how long after the next key something is marked.</summary>
    private const string Watch = """
        () => { window.watchMark = () => new Promise((done, late) => {
          let typed;
          addEventListener('keydown', () => { typed = performance.now(); }, { capture: true, once: true });
          setTimeout(() => late(new Error('Nothing was marked within 20 s.')), 20000);
          const seen = new MutationObserver(() => {
            if (typed === undefined || !document.querySelector('.yaml .squiggly-error')) return;
            seen.disconnect();
            done(performance.now() - typed);
          });
          seen.observe(document.querySelector('.yaml'), { childList: true, subtree: true, attributes: true });
        }); }
        """;

    private readonly Visitor _mara = portal.Visitor;

    private IPage Page => _mara.Page;

    [Fact]
    public async Task Sweep_of_twelve_runs_is_compared_and_its_best_is_asked_for()
    {
        await _mara.OpenAsync("/pipelines/small");
        await Page.GetByLabel("Overrides, one a line").First.FillAsync("train.params.leaves=3,7,15\ntrain.params.learningRate=0.05,0.1\ntrain.params.iterations=20,40");
        await _mara.SeeAsync("12 runs");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new("sweep", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByLabel("Metric", new() { Exact = true }).FillAsync("auc");
        await _mara.PressAsync("Start 12 runs");
        await Page.WaitForURLAsync("**/sweeps/*");
        await _mara.SeeAsync("All 12 runs done", 120);
        await _mara.PictureAsync("workbench-sweep");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Compare these runs" }).ClickAsync();
        await Page.WaitForURLAsync("**/runs/compare**");
        await _mara.SettleAsync();
        await _mara.SeeAsync("Best:");
        await _mara.PictureAsync("workbench-compare");
        await PageCheck.AccessibleAsync(Page, "/runs/compare");
        await Page.GoBackAsync();
        await _mara.PressAsync("Promote best");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("The best of twelve");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask for Production" }).ClickAsync();
        await Page.WaitForURLAsync("**/approvals/*");
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Misspelt_key_is_marked_at_its_place_while_it_is_written_and_the_right_one_is_offered()
    {
        await _mara.OpenAsync("/pipelines/small");
        await Page.EvaluateAsync(Watch);
        await GoBehindAsync(line: 12, column: "numeric".Length);
        var took = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            if (i > 0) await TakeBackAsync();
            await Page.EvaluateAsync("() => { window.marked = window.watchMark(); }");
            await Page.Keyboard.PressAsync("s");
            took.Add(await Page.EvaluateAsync<double>("() => window.marked"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Marked {string.Join(", ", took.Select(ms => ms.ToString("F0", System.Globalization.CultureInfo.InvariantCulture)))} ms after the last key.");
        took.Min().ShouldBeLessThan(MarkedWithinMilliseconds);
        await _mara.SeeAsync("Did you mean");
        await _mara.SeeAsync("Line 12, column");
        await Page.Keyboard.PressAsync("Escape");
        await _mara.PictureAsync("workbench-typo");
        await Page.Keyboard.PressAsync("Control+.");
        await Page.GetByText("Write 'numeric'").First.WaitForAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForFunctionAsync("() => monaco.editor.getModels().at(-1).getValue().includes('      numeric: {')");
        await Page.Locator(".yaml .squiggly-error").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Editor_says_what_could_stand_here_and_what_a_word_means()
    {
        await _mara.OpenAsync("/pipelines/small");
        await GoBehindAsync(line: 2, column: 0);
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.PressAsync("ArrowUp");
        await Page.Keyboard.PressAsync("Control+Space");
        await Page.Locator(".suggest-widget .monaco-list-row").Filter(new() { HasText = "params" }).First.WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".yaml .view-line span").GetByText("lightgbm", new() { Exact = false }).First.HoverAsync();
        await Page.Locator(".monaco-hover-content").First.WaitForAsync();
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Document_of_100_KB_is_edited_and_checked_like_a_small_one()
    {
        await _mara.OpenAsync("/pipelines/small");
        await Page.EvaluateAsync("text => monaco.editor.getModels().at(-1).setValue(text)", Stories.SmallPipeline + "\n" + string.Concat(Enumerable.Repeat("# \"a line that says nothing\"\n", 3600)));
        await _mara.SeeAsync("Not saved");
        await GoBehindAsync(line: 12, column: "numeric".Length);
        await Page.Keyboard.PressAsync("s");
        await _mara.SeeAsync("Did you mean");
        await TakeBackAsync();
        await _mara.PressAsync("Save");
        await _mara.SeeAsync("Revision 2");
        (await Page.Locator("#blazor-error-ui").IsVisibleAsync()).ShouldBeFalse();
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Everything_is_reached_by_keys()
    {
        await _mara.OpenAsync("/");
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("r");
        await Page.WaitForURLAsync("**/runs");
        await _mara.SettleAsync();
        await Page.Keyboard.PressAsync("?");
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await _mara.PictureAsync("workbench-keys");
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Page.Keyboard.PressAsync("Control+k");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to anything, do anything" }).WaitForAsync();
        await Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await _mara.PictureAsync("workbench-palette");
        await PageCheck.AccessibleAsync(Page, "the palette");
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // Faster than the palette opens and than it finds: the name's own page all the same.
        await Page.Keyboard.PressAsync("Control+k");
        await Page.Keyboard.TypeAsync("training/fast");
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**/configs/training/fast");
        await _mara.SettleAsync();
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Page.Keyboard.PressAsync("Control+k");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to anything, do anything" }).WaitForAsync();
        await Page.Keyboard.TypeAsync("small");
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/(agents|models|pipelines|datasets)/small"));
        await _mara.SettleAsync();
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Keys_pressed_before_the_page_is_connected_are_not_lost()
    {
        await HoldAsync("**/_framework/blazor.web*.js", "/runs", async () =>
        {
            await Page.WaitForFunctionAsync("() => window.nexusKeys");
            await Page.Locator(".first").GetByRole(AriaRole.Link, new() { Name = "Datasets" }).WaitForAsync();
            await PageCheck.AccessibleAsync(Page, "the first frame");
            await Page.Keyboard.PressAsync("Control+k");
            await Page.Keyboard.TypeAsync("training/fast");
            await Page.Keyboard.PressAsync("Enter");
        });
        await Page.WaitForURLAsync("**/configs/training/fast");
        await Page.GetByRole(AriaRole.Heading, new() { Name = "training/fast" }).First.WaitForAsync();
        (await Page.Locator(".first").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Page_that_is_left_while_its_script_is_on_its_way_breaks_nothing()
    {
        await HoldAsync("**/monaco-editor/min/vs/loader.js", "/pipelines/small", () => GoAsync("m", "Models"));
        await Page.WaitForFunctionAsync("() => window.monaco?.editor");
        await GoAsync("r", "Runs");
        await GoAsync("p", "Pipelines");
        (await Page.Locator("#blazor-error-ui").IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_versions_of_a_dataset_are_told_apart_by_key_with_the_drift_of_each_column()
    {
        await portal.Portal.Http.UploadCsvAsync("accounts", Accounts(300, id => 100.5 + id, dropped: -1));
        await portal.Portal.Http.UploadCsvAsync("accounts", Accounts(310, id => id <= 200 ? 900.5 + id : 100.5 + id, dropped: 7));
        await _mara.OpenAsync("/datasets/accounts");
        await _mara.SeeAsync("balance");
        await Assertions.Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "balance" }).GetByText("drifts")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Page.GetByRole(AriaRole.Link, new() { Name = "Difference" }).ClickAsync();
        await Page.GetByLabel("Rows are the same row by").SelectOptionAsync("id");
        foreach (var count in (string[])["10 added", "1 removed", "199 changed"]) await Page.GetByRole(AriaRole.Button, new() { Name = count, Exact = true }).WaitForAsync();
        await _mara.SeeAsync("of 199 changed rows");
        await Page.GetByRole(AriaRole.Button, new() { Name = "199 changed", Exact = true }).ClickAsync();
        await Assertions.Expect(Page.Locator("main ins").First).ToHaveTextAsync("901.5");
        await _mara.PictureAsync("workbench-difference");
        _mara.ShouldHaveNothingToComplainOf();
    }

    [Fact]
    public async Task Other_value_gives_another_score_at_once()
    {
        await _mara.OpenAsync("/models/small/1/what-if");
        var yes = Page.Locator(".scores li").Filter(new() { HasText = "yes-sir" }).Locator(".figure");
        await Page.GetByLabel("a", new() { Exact = true }).FillAsync("0.05");
        await Page.GetByLabel("b", new() { Exact = true }).FillAsync("0.05");
        await Assertions.Expect(yes).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^0\\.0"));
        await Page.GetByLabel("a", new() { Exact = true }).FillAsync("0.95");
        await Page.GetByLabel("b", new() { Exact = true }).FillAsync("0.95");
        await Assertions.Expect(yes).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^0\\.9"));
        await _mara.PictureAsync("workbench-what-if");
        _mara.ShouldHaveNothingToComplainOf();
    }

    /// <summary>Into the editor, by keys alone once it has the focus.</summary>
    private async Task GoBehindAsync(int line, int column)
    {
        await Page.Locator(".yaml .view-line").First.ClickAsync();
        await Page.Keyboard.PressAsync("Control+Home");
        for (var i = 1; i < line; i++) await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Home");
        for (var i = 0; i < column; i++) await Page.Keyboard.PressAsync("ArrowRight");
    }

    private async Task TakeBackAsync()
    {
        await Page.Keyboard.PressAsync("Backspace");
        await Page.Locator(".yaml .squiggly-error").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task GoAsync(string key, string title)
    {
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync(key);
        await Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true, Level = 1 }).WaitForAsync();
    }

    /// <summary>Opens a page whose script, once asked for, comes only when that is done.</summary>
    private async Task HoldAsync(string script, string path, Func<Task> meanwhile)
    {
        var (asked, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await Page.RouteAsync(script, async route =>
        {
            asked.TrySetResult();
            await released.Task;
            await route.ContinueAsync();
        });
        try
        {
            await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await meanwhile();
        }
        finally
        {
            released.SetResult();
            await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        }
    }

    private static string Accounts(int rows, Func<int, double> balance, int dropped) =>
        string.Concat(Enumerable.Range(1, rows).Where(id => id != dropped).Select(id => FormattableString.Invariant($"{id},{balance(id)},{(id % 3 == 0 ? "gold" : "plain")}\n")).Prepend("id,balance,kind\n"));
}
