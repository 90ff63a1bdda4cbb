using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Web.Charts;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Charts;

public sealed class ParallelCoordinatesTests : BunitContext
{
    private static readonly ParallelAxis[] Axes = [ParallelAxis.Of("trainer", ["linear", "lightgbm", "linear"]), ParallelAxis.Of("auc", ["0.7", "0.8", "0.9"])];

    public ParallelCoordinatesTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddScoped<Downloads>();
    }

    [Fact]
    public void Limits_leave_the_lines_that_pass_there()
    {
        IReadOnlyList<int>? kept = null;
        var chart = Make(lines => kept = lines);
        chart.Find("input[aria-label='Least auc']").Change("0.75");
        kept.ShouldBe([1, 2]);
        chart.Find("select").Change("1");
        kept.ShouldBe([2]);
        chart.Find("summary").TextContent.ShouldBe("1 of 3 within the limits");
    }

    [Fact]
    public void Limits_that_a_link_carries_are_drawn_and_told()
    {
        IReadOnlyList<int>? kept = null;
        IReadOnlyList<string> told = [];
        var chart = Make(lines => kept = lines, limits => told = limits, "auc|0.75|0.85", "trainer|x", "gone|1|2");
        kept.ShouldBe([1]);
        chart.Find("input[aria-label='Least auc']").Change("0.85");
        kept.ShouldBe([]);
        told.ShouldBe(["auc|0.85|0.85"]);
    }

    [Fact]
    public void Limits_that_are_let_go_leave_all()
    {
        IReadOnlyList<int>? kept = [];
        var chart = Make(lines => kept = lines);
        chart.Find("input[aria-label='Least auc']").Change("0.75");
        chart.Find("input[aria-label='Least auc']").Change("");
        kept.ShouldBeNull();
    }

    [Fact]
    public void Table_shows_what_the_lines_are()
    {
        var chart = Make(_ => { });
        chart.FindAll("button").Single(button => button.TextContent == "Table").Click();
        chart.FindAll("tbody tr").Count.ShouldBe(3);
        chart.Find("tbody tr").TextContent.ShouldContain("linear");
    }

    private IRenderedComponent<ParallelCoordinates> Make(Action<IReadOnlyList<int>?> kept, Action<IReadOnlyList<string>>? told = null, params string[] limits) => Render<ParallelCoordinates>(chart => chart
        .Add(c => c.Axes, Axes).Add(c => c.Lines, [new("#1"), new("#2"), new("#3", Highlight: true)]).Add(c => c.ColourBy, 1).Add(c => c.KeptChanged, kept)
        .Add(c => c.Limits, limits).Add(c => c.LimitsChanged, told ?? (_ => { })));
}
