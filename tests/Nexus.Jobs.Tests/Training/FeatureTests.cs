using CsCheck;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;
using Nexus.Jobs.Training.LightGbm;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Training;

public sealed class FeatureTests
{
    [Theory]
    [InlineData("", 0u)] // SMHasher's verification values for seed 0
    [InlineData("hello", 0x248bfa47u)]
    [InlineData("hello, world", 0x149bbb7fu)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x2e4ff723u)]
    public void Murmur3_has_its_known_values(string text, uint hash) => Murmur3.Hash(text).ShouldBe(hash);

    [Fact]
    public void Date_parts_are_those_of_the_calendar() =>
        Gen.Long[-2_000_000_000_000_000L, 4_000_000_000_000_000L].Sample(us =>
        {
            var at = DateTime.UnixEpoch.AddMicroseconds(us);
            DateParts.Of("year", us).ShouldBe(at.Year);
            DateParts.Of("month", us).ShouldBe(at.Month);
            DateParts.Of("day", us).ShouldBe(at.Day);
            DateParts.Of("weekday", us).ShouldBe(at.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)at.DayOfWeek);
            DateParts.Of("hour", us).ShouldBe(at.Hour);
            DateParts.Of("minute", us).ShouldBe(at.Minute);
            DateParts.Of("days", us).ShouldBe((long)Math.Floor((at - DateTime.UnixEpoch).TotalDays));
        });

    [Fact]
    public void Threshold_as_float32_parts_float32_values_as_the_double_does() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[-3, 3]).Sample((threshold, steps) =>
        {
            var x = (float)threshold;
            for (var s = 0; s < Math.Abs(steps); s++) x = steps < 0 ? MathF.BitDecrement(x) : MathF.BitIncrement(x);
            (x <= TreeEnsembleGraph.Floor(threshold)).ShouldBe(x <= threshold);
        });

    [Fact]
    public void Words_are_runs_of_letters_and_digits_with_ascii_in_lower_case()
    {
        Words.Of("It's 5 o'clock, Ärger & ÜBER-Maß x2!").ShouldBe(["it", "s", "5", "o", "clock", "Ärger", "Über", "maß", "x2"]);
        Words.Of(" …!? ").ShouldBeEmpty();
        Words.Grams(["a", "b", "c"], 2).ShouldBe(["a b", "b c"]);
        Words.Grams(["a"], 2).ShouldBeEmpty();
    }

    [Fact]
    public void Seeded_random_repeats_and_stays_in_range()
    {
        new SeededRandom(0).Next().ShouldBe(0xE220A8397B1DCDAFUL); // SplitMix64's first value for seed 0
        var random = new SeededRandom(1);
        Enumerable.Range(0, 10_000).Select(_ => random.Below(7)).Distinct().Order().ShouldBe(Enumerable.Range(0, 7));
    }
}
