using Nexus.Inference.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Monitoring;

public sealed class LastClassBaselineTests
{
    [Fact]
    public void Repeating_the_last_truth_on_Elec2_is_right_as_often_as_published()
    {
        var truths = File.ReadLines(Elec2()).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]).ToList();

        var baseline = LastClassBaseline.Of([.. truths.Select(truth => ((string?)truth, truth))])!;

        baseline.Labeled.ShouldBe(45_311);
        baseline.Accuracy.ShouldBe(38_664.0 / 45_311, 1e-12);
        baseline.Model.ShouldBe(1);
        baseline.KappaTemporal.ShouldBe(1);
    }

    [Fact]
    public void A_model_that_repeats_the_last_truth_is_no_better_than_that()
    {
        string[] truths = [.. Enumerable.Range(0, 100).Select(i => i % 7 < 4 ? "UP" : "DOWN")];

        var baseline = LastClassBaseline.Of([.. truths.Select((truth, i) => (i == 0 ? null : truths[i - 1], truth))])!;

        baseline.KappaTemporal.ShouldBe(0);
        LastClassBaseline.Of([.. truths.Take(30).Select(truth => ((string?)truth, truth))]).ShouldBeNull();
        LastClassBaseline.Of([.. Enumerable.Repeat(((string?)"DOWN", "UP"), 40)])!.KappaTemporal.ShouldBeNull();
    }

    private static string Elec2()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Nexus.Portal.sln"))) directory = directory.Parent!;
        return Path.Combine(directory.FullName, "tests", "data", "elec2", "elec2.csv");
    }
}
