using CsCheck;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

public sealed class FormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.7744, "0.774")]
    [InlineData(0.78, "0.780")]
    [InlineData(12.54, "12.5")]
    [InlineData(48211.0, "48,211")]
    [InlineData(1234.56, "1,235")]
    [InlineData(-0.019, "−0.0190")]
    [InlineData(0.0, "0")]
    [InlineData(0.000012345, "1.23e-5")]
    [InlineData(1.2345e-9, "1.23e-9")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    [InlineData(null, "–")]
    public void Number_has_three_significant_digits(double? value, string text) => Format.Number(value).ShouldBe(text);

    [Fact]
    public void Number_never_says_nan_or_infinity() =>
        Gen.Double.Sample(value => Format.Number(value).ShouldNotContain("N", Case.Sensitive));

    [Fact]
    public void Estimate_gives_its_interval_the_same_decimals() =>
        Format.Estimate(0.7741, 0.768, 0.78).ShouldBe("0.774 [0.768, 0.780]");

    [Fact]
    public void Estimate_without_an_interval_is_alone() => Format.Estimate(0.7741, null, null).ShouldBe("0.774");

    [Theory]
    [InlineData(0.0000002, "< 0.1 %")]
    [InlineData(0.0, "0 %")]
    [InlineData(0.972, "97.2 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(null, "–")]
    public void Percent_is_read_at_a_glance(double? share, string text) => Format.Percent(share).ShouldBe(text);

    [Theory]
    [InlineData(420L, "420 B")]
    [InlineData(3_020_000L, "3.02 MB")]
    [InlineData(999_999L, "1.00 MB")]
    [InlineData(null, "–")]
    public void Bytes_are_in_decimal_units(long? bytes, string text) => Format.Bytes(bytes).ShouldBe(text);

    [Theory]
    [InlineData(0.00042, "420 µs")]
    [InlineData(0.0042, "4.2 ms")]
    [InlineData(2.13, "2.1 s")]
    [InlineData(59.7, "1 min")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(273_600, "3 d 4 h")]
    public void Duration_names_its_two_largest_units(double seconds, string text) =>
        Format.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(-1, "now")]
    [InlineData(-12, "12 s ago")]
    [InlineData(-720, "12 min ago")]
    [InlineData(252_000, "in 70 h")]
    [InlineData(-777_600, "9 d ago")]
    public void Relative_says_one_unit(int seconds, string text) => Format.Relative(Noon.AddSeconds(seconds), Noon).ShouldBe(text);

    [Fact]
    public void MiddleCut_keeps_both_ends_and_the_length() => Gen.String[1, 80].Select(Gen.Int[5, 40]).Sample((text, length) =>
    {
        var cut = Format.MiddleCut(text, length);
        cut.Length.ShouldBeLessThanOrEqualTo(Math.Max(length, 1));
        if (text.Length > length) (cut[0], cut[^1]).ShouldBe((text[0], text[^1]));
    });

    [Fact]
    public void ShortId_of_a_time_ordered_id_is_its_random_end() =>
        Format.ShortId("0193aabb-ccdd-7eef-8899-aabbccddeeff").ShouldBe("ccddeeff");
}
