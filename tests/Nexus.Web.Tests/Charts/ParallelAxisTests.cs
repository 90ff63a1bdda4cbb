using Nexus.Web.Charts;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Charts;

public sealed class ParallelAxisTests
{
    [Fact]
    public void Of_texts_that_are_numbers_is_an_axis_of_numbers()
    {
        var axis = ParallelAxis.Of("leaves", ["31", null, "1e2"]);
        axis.Categories.ShouldBeNull();
        axis.Values.ShouldBe([31, null, 100]);
        axis.Text(31).ShouldBe("31");
    }

    [Fact]
    public void Of_other_texts_is_an_axis_of_categories_in_their_order()
    {
        var axis = ParallelAxis.Of("trainer", ["linear", "lightgbm", "linear", null]);
        axis.Categories.ShouldBe(["lightgbm", "linear"]);
        axis.Values.ShouldBe([1, 0, 1, null]);
        axis.Text(axis.Values[0]).ShouldBe("linear");
        axis.Text(null).ShouldBe("–");
    }

    [Theory]
    [InlineData(0, 10, 0, 0)]
    [InlineData(0, 10, 10, 1)]
    [InlineData(-2, 2, 1, .75)]
    [InlineData(3, 3, 3, .5)]
    public void Scale_takes_values_between_zero_and_one(double low, double high, double value, double at) =>
        new AxisScale(low, high).At(value).ShouldBe(at, 1e-12);
}
