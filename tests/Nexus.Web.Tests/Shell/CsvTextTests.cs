using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void Cell_of_a_text_is_quoted_and_no_formula(string text, string cell) => CsvText.Cell(text).ShouldBe(cell);

    [Fact]
    public void Line_writes_numbers_times_and_nothing_invariantly() =>
        CsvText.Line([-0.5, 12, null, double.NaN, new DateTimeOffset(2026, 11, 23, 20, 5, 0, TimeSpan.FromHours(2)), TimeSpan.FromMilliseconds(1500), true])
            .ShouldBe("-0.5,12,,,2026-11-23T18:05:00Z,1.5,true\r\n");
}
