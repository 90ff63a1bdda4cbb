using Shouldly;
using Xunit;

namespace Nexus.Data.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(246_213.7, 4, false, "246,200")]
    [InlineData(0.53081, 4, false, "0.5308")]
    [InlineData(-47.5, 4, false, "-47.5")]
    [InlineData(0, 4, false, "0")]
    [InlineData(149_986, 6, true, "149,986")]
    [InlineData(1_499_986_123, 6, true, "1,499,986,123")]
    [InlineData(1_499_986_123, 6, false, "1,499,990,000")]
    [InlineData(0.0000321, 4, false, "3.21E-5")]
    [InlineData(3.5e20, 4, false, "3.5E+20")]
    [InlineData(double.NaN, 4, false, "NaN")]
    public void Number_is_written_as_people_write_it(double value, int digits, bool whole, string text) => Figures.Text(value, digits, whole).ShouldBe(text);
}
