using Nexus.Web.Sweeps;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Sweeps;

public sealed class SweepWordsTests
{
    [Fact]
    public void Paths_are_cut_to_what_tells_them_apart()
    {
        string[] paths = ["train.params.leaves", "train.seed", "transform.split.seed"];

        paths.Select(path => SweepWords.Short(path, paths)).ShouldBe(["leaves", "train.seed", "split.seed"]);
        SweepWords.Short("leaves", ["leaves", "train.params.leaves"]).ShouldBe("leaves");
    }

    [Theory]
    [InlineData(12, 12L, 60.0, 120.0, "12 runs, every combination, 1 min to 2 min by steps.")]
    [InlineData(5, 12L, 60.0, 60.0, "5 runs of 12 combinations, about 1 min by steps.")]
    [InlineData(50, null, 60.0, 60.4, "50 runs at most, about 1 min by steps.")]
    [InlineData(1, 4L, null, null, "1 run of 4 combinations. How long they take is by steps.")]
    public void Estimate_says_runs_and_time(int runs, long? combinations, double? least, double? most, string words) =>
        SweepWords.Estimate(new(runs, combinations, 1, least, most, "by steps")).ShouldBe(words);
}
