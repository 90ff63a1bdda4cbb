using Nexus.Jobs.Registry.Explanations;
using Nexus.Jobs.Training;
using Nexus.Jobs.Training.Features;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Registry;

public sealed class SliceFinderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Planted_slice_is_found_with_its_bounds()
    {
        var random = new SeededRandom(1);
        var table = Table(6_000, random);
        var errors = Enumerable.Range(0, table.Rows)
            .Select(r => random.Unit() < (table.Columns["x"].Numbers![r] > 0.7f && table.Columns["colour"].Texts![r] == "red" ? 0.6 : 0.1) ? 1.0 : 0).ToArray();

        var search = SliceFinder.Find(table, ["x", "z", "colour"], errors, "errorRate", 0, Stop).ShouldNotBeNull();

        var worst = search.Slices[0];
        worst.IsWorse.ShouldBeTrue();
        worst.Name.ShouldContain("colour = red");
        worst.Name.ShouldContain("x > 0.");
        worst.Error.ShouldBeInRange(0.5, 0.7);
        worst.Difference.Lower!.Value.ShouldBeInRange(0.3, 0.5);
        search.Slices.Count.ShouldBeLessThanOrEqualTo(8);
        (search.FoundOn, search.EstimatedOn).ShouldBe((3_000, 3_000));
        search.Slices.Sum(s => s.Rows).ShouldBe(3_000);
    }

    [Fact]
    public void Noise_seldom_has_a_slice()
    {
        const int Searches = 200;
        var falsely = 0;
        for (var s = 0; s < Searches; s++)
        {
            var random = new SeededRandom(5_000 + s);
            var table = Table(1_000, random);
            var errors = Enumerable.Range(0, table.Rows).Select(_ => random.Unit() < 0.2 ? 1.0 : 0).ToArray();
            if (SliceFinder.Find(table, ["x", "z", "colour"], errors, "errorRate", s, Stop)!.Slices.Any(f => f.IsWorse)) falsely++;
        }

        // One in forty is what is promised: 5 of 200; more than 13 has a probability below 1 in 1000.
        falsely.ShouldBeLessThanOrEqualTo(13);
    }

    [Fact]
    public void Too_few_rows_are_not_searched()
    {
        var table = Table(150, new(1));

        SliceFinder.Find(table, ["x"], new double[150], "errorRate", 0, Stop).ShouldBeNull();
    }

    [Fact]
    public void Errors_that_are_all_the_same_have_no_slice() =>
        SliceFinder.Find(Table(1_000, new(1)), ["x", "colour"], new double[1_000], "errorRate", 0, Stop)!.Slices.ShouldBeEmpty();

    [Fact]
    public void Missing_values_can_be_the_slice()
    {
        var random = new SeededRandom(3);
        var table = Table(4_000, random);
        for (var r = 0; r < 1_000; r++) table.Columns["z"].Numbers![r] = float.NaN;
        var errors = Enumerable.Range(0, table.Rows).Select(r => r < 1_000 ? random.Unit() + 1 : random.Unit()).ToArray();

        var worst = SliceFinder.Find(table, ["x", "z", "colour"], errors, "absoluteError", 0, Stop)!.Slices[0];

        worst.Name.ShouldContain("z is missing");
        worst.IsWorse.ShouldBeTrue();
    }

    private static RawTable Table(int rows, SeededRandom random)
    {
        var numbers = KnownModel.Uniform(rows, random, "x", "z");
        string[] colours = ["red", "green", "blue"];
        return numbers with { Columns = new Dictionary<string, RawColumn>(numbers.Columns) { ["colour"] = new(Texts: [.. Enumerable.Range(0, rows).Select(_ => colours[random.Below(3)])]) } };
    }
}
