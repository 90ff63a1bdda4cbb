using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Nexus.Data;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class KeysetTableTests : BunitContext
{
    public KeysetTableTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<Downloads>();
        Services.AddScoped<Notices>();
    }

    [Fact]
    public void Columns_stand_in_their_order_and_can_be_hidden()
    {
        var table = Table();
        Heads(table).ShouldBe(["Name", "Size"]);
        table.Find(".pick input").Change(false);
        Heads(table).ShouldBe(["Name"]);
        table.FindAll("tbody tr").Count.ShouldBe(2);
        JSInterop.Invocations["localStorage.setItem"].Single().Arguments.ShouldBe(["nexus.columns.Things", "size"]);
    }

    [Fact]
    public void Columns_that_were_hidden_before_stay_hidden()
    {
        JSInterop.Setup<string?>("localStorage.getItem", "nexus.columns.Things").SetResult("size");
        Heads(Table()).ShouldBe(["Name"]);
    }

    [Fact]
    public void Header_that_sorts_asks_for_the_largest_first_and_then_the_smallest()
    {
        var asked = new List<string>();
        var table = Table(sort: "-size", asked.Add);
        table.Find("th[aria-sort=descending]").TextContent.Trim().ShouldBe("Size ↓");
        table.Find("th button.sort").Click();
        asked.ShouldBe(["size"]);
    }

    [Fact]
    public void Page_without_rows_that_is_not_the_last_leads_on_to_those_that_there_are()
    {
        var pages = new Dictionary<string, Page<Thing>> { [""] = new([], "1"), ["1"] = new([], "2"), ["2"] = new([new("old", 1)], null) };
        var table = Render<KeysetTable<Thing>>(t => t.Add(x => x.Load, (request, _) => Task.FromResult(pages[request.Token ?? ""])).Add(x => x.Columns, Columns));
        table.Find("p[role=status]").TextContent.ShouldBe("Nothing found so far.");

        table.Find("button.more").Click();

        table.FindAll("tbody tr").Count.ShouldBe(1);
        table.FindAll("button.more").ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_that_comes_after_a_later_start_is_dropped()
    {
        var pending = new List<TaskCompletionSource<Page<Thing>>>();
        var table = Table((_, _) => { pending.Add(new()); return pending[^1].Task; });
        pending[0].SetResult(Page("old"));
        table.WaitForState(() => table.FindAll("tbody tr").Count == 1);

        var first = table.InvokeAsync(table.Instance.RestartAsync);
        var second = table.InvokeAsync(table.Instance.RestartAsync);
        await UntilAsync(() => pending.Count == 3);
        pending[2].SetResult(Page("newer"));
        await second;
        pending[1].SetResult(Page("late"));
        await first;

        Names(table).ShouldBe(["newer"]);
    }

    [Fact]
    public async Task More_that_was_asked_before_a_start_adds_nothing_to_what_it_shows()
    {
        var pending = new List<TaskCompletionSource<Page<Thing>>>();
        var table = Table((_, _) => { pending.Add(new()); return pending[^1].Task; });
        pending[0].SetResult(new([new("a", 1)], "next"));
        table.WaitForElement("button.more");

        var more = table.Find("button.more").ClickAsync(new());
        var start = table.InvokeAsync(table.Instance.RestartAsync);
        await UntilAsync(() => pending.Count == 3);
        pending[2].SetResult(Page("b"));
        await start;
        pending[1].SetResult(Page("late"));
        await more;

        Names(table).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Rows_that_are_refreshed_while_more_are_asked_for_wait_for_them()
    {
        var pending = new List<TaskCompletionSource<Page<Thing>>>();
        var table = Table((_, _) => { pending.Add(new()); return pending[^1].Task; });
        pending[0].SetResult(new([new("a", 1)], "next"));
        table.WaitForElement("button.more");

        var more = table.Find("button.more").ClickAsync(new());
        var reload = table.InvokeAsync(table.Instance.ReloadAsync);
        await UntilAsync(() => pending.Count == 2);
        pending[1].SetResult(Page("b"));
        await more;
        await UntilAsync(() => pending.Count == 3);
        pending[2].SetResult(new([new("a", 1), new("b", 1)], null));
        await reload;

        Names(table).ShouldBe(["a", "b"]);
    }

    // The table asks on its own thread.
    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds()) await Task.Delay(5, limit.Token);
    }

    private static Page<Thing> Page(string name) => new([new(name, 1)], null);

    private static string[] Names(IRenderedComponent<KeysetTable<Thing>> table) => [.. table.FindAll("tbody tr").Select(row => row.Children[0].TextContent.Trim())];

    private IRenderedComponent<KeysetTable<Thing>> Table(Func<PageRequest, CancellationToken, Task<Page<Thing>>> load) => Render<KeysetTable<Thing>>(table => table
        .Add(t => t.Load, load).Add(t => t.Label, "Things").Add(t => t.Columns, Columns));

    private static string[] Heads(IRenderedComponent<KeysetTable<Thing>> table) => [.. table.FindAll("th").Select(head => head.TextContent.Trim().TrimEnd('↓', ' '))];

    private IRenderedComponent<KeysetTable<Thing>> Table(string? sort = null, Action<string>? sorted = null) => Render<KeysetTable<Thing>>(table => table
        .Add(t => t.Load, (_, _) => Task.FromResult(new Page<Thing>([new("a", 1), new("b", 2)], null)))
        .Add(t => t.Label, "Things").Add(t => t.Sort, sort).Add(t => t.SortChanged, sorted ?? (_ => { }))
        .Add(t => t.Columns, Columns));

    private static void Columns(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Column<Thing>>(0);
        builder.AddComponentParameter(1, "Name", "name");
        builder.AddComponentParameter(2, "Header", "Name");
        builder.AddComponentParameter(3, "Fixed", true);
        builder.AddComponentParameter(4, "Value", (Func<Thing, object?>)(thing => thing.Name));
        builder.CloseComponent();
        builder.OpenComponent<Column<Thing>>(5);
        builder.AddComponentParameter(6, "Name", "size");
        builder.AddComponentParameter(7, "Header", "Size");
        builder.AddComponentParameter(8, "Sort", "size");
        builder.AddComponentParameter(9, "Numeric", true);
        builder.AddComponentParameter(10, "Value", (Func<Thing, object?>)(thing => thing.Size));
        builder.CloseComponent();
    }

    public sealed record Thing(string Name, int Size);
}
