using Nexus.Jobs.Registry.Explanations;
using Nexus.Jobs.Training.Features;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Registry;

public sealed class DependenceCurvesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Curve_of_a_linear_model_is_its_line_and_every_rows_line_is_parallel_to_it()
    {
        var table = KnownModel.Uniform(200, new(1), "x", "z");
        var model = KnownModel.Regression(x => (2 * x("x")) + (5 * x("z")));

        var curve = DependenceCurves.Of(model, table, ["x"], 0, _ => { }, Stop).Single();

        (curve.Kind, curve.Output, curve.Rows, curve.Points.Count).ShouldBe(("numeric", "", 200, 20));
        var mean = 5 * table.Columns["z"].Numbers!.Average(z => (double)z);
        foreach (var point in curve.Points) point.Mean.ShouldBe((2 * point.X!.Value) + mean, 1e-5);
        curve.Points.Select(p => p.High - p.Low).Max().ShouldBe(curve.Points.Select(p => p.High - p.Low).Min(), 1e-5);
    }

    [Fact]
    public void Curve_of_a_category_has_a_point_for_each_value_and_of_few_numbers_too()
    {
        var table = new RawTable(6, new Dictionary<string, RawColumn>
        {
            ["colour"] = new(Texts: ["a", "b", "b", "", "b", "a"]),
            ["day"] = new(Numbers: [1, 2, 3, 1, float.NaN, 3]),
        });
        var model = KnownModel.Binary(x => 0.2 + (0.5 * x("colour")));

        var curves = DependenceCurves.Of(model, table, ["colour", "day"], 0, _ => { }, Stop);

        curves[0].Points.Select(p => (p.Category, Math.Round(p.Mean, 5))).ShouldBe([("b", 0.7), ("a", 0.2), ("", 0.2)]);
        curves[0].Output.ShouldBe("yes");
        curves[1].Points.Select(p => p.X).ShouldBe([1.0, 2, 3]);
    }

    [Fact]
    public void Free_text_has_no_curve_and_a_note_says_so()
    {
        var table = new RawTable(200, new Dictionary<string, RawColumn> { ["text"] = new(Texts: [.. Enumerable.Range(0, 200).Select(i => $"Message {i}")]) });
        var notes = new List<string>();

        DependenceCurves.Of(KnownModel.Regression(_ => 1), table, ["text"], 0, notes.Add, Stop).ShouldBeEmpty();

        notes.ShouldHaveSingleItem().ShouldContain("free text");
    }
}
