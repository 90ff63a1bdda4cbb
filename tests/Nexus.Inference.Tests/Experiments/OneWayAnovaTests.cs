using Nexus.Inference.Experiments;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Experiments;

public sealed class OneWayAnovaTests
{
    // By hand: between 84 on 2 degrees, within 68 on 15; with 2 degrees the tail has a closed form.
    [Fact]
    public void Of_three_groups_is_as_by_hand()
    {
        double[][] groups = [[6, 8, 4, 5, 3, 4], [8, 12, 9, 11, 6, 8], [13, 9, 11, 8, 7, 12]];
        var found = OneWayAnova.Of([.. groups.SelectMany((group, i) => group.Select(value => (i, value)))])!;
        found.F.ShouldBe(9.264706, 1e-6);
        found.PValue.ShouldBe(Math.Pow(15 / (15 + (2 * 84.0 / 2 / (68.0 / 15))), 7.5), 1e-12);
        found.EtaSquared.ShouldBe(84.0 / 152, 1e-12);
        (found.Groups, found.Count).ShouldBe((3, 18));
    }

    [Fact]
    public void Of_groups_that_hold_one_value_each_says_nothing() => OneWayAnova.Of([("a", 1.0), ("b", 2.0)]).ShouldBeNull();

    [Fact]
    public void Of_equal_values_says_nothing() => OneWayAnova.Of([("a", 1.0), ("a", 1.0), ("b", 1.0), ("b", 1.0)]).ShouldBeNull();

    [Fact]
    public void Of_groups_without_any_variance_within_is_certain()
    {
        var found = OneWayAnova.Of([("a", 1.0), ("a", 1.0), ("b", 2.0), ("b", 2.0)])!;
        (found.EtaSquared, found.PValue).ShouldBe((1, 0));
    }
}
