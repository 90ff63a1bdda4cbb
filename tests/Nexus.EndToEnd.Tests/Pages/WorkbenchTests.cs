using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>What an engineer does at the workbench: searches settings, compares, mends a text, looks into data and models.</summary>
public sealed class WorkbenchTests(FurnishedPortal portal) : IClassFixture<FurnishedPortal>
{
    /// <summary>From the last key to the mark; twice what is promised, for a machine that does something else meanwhile.</summary>
    private const double MarkedWithinMilliseconds = 1000;

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
        await Page.EvaluateAsync("""
            () => { window.marked = new Promise((done, late) => {
              setTimeout(() => late(new Error('Nothing was marked within 20 s.')), 20000);
              const seen = new MutationObserver(() => { if (document.querySelector('.yaml .squiggly-error')) { seen.disconnect(); done(performance.now()); } });
              seen.observe(document.querySelector('.yaml'), { childList: true, subtree: true, attributes: true });
            }); }
            """);
        await Page.EvaluateAsync("text => monaco.editor.getModels().at(-1).setValue(text)", Stories.SmallPipeline.Replace("numeric:", "numerics:", StringComparison.Ordinal));
        var typed = await Page.EvaluateAsync<double>("() => performance.now()");
        var marked = await Page.EvaluateAsync<double>("() => window.marked");
        TestContext.Current.TestOutputHelper?.WriteLine($"Marked {marked - typed:F0} ms after the last key.");
        (marked - typed).ShouldBeLessThan(MarkedWithinMilliseconds);
        await _mara.SeeAsync("Did you mean");
        await _mara.SeeAsync("Line 12, column");
        await _mara.PictureAsync("workbench-typo");
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
        await Page.Keyboard.PressAsync("Control+k");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to anything, do anything" }).WaitForAsync();
        await Page.Keyboard.TypeAsync("small");
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/(agents|models|pipelines|datasets)/small"));
        await _mara.SettleAsync();
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        _mara.ShouldHaveNothingToComplainOf();
    }
}
