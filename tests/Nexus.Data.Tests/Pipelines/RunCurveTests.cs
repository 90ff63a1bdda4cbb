using Nexus.Data.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Pipelines;

public sealed class RunCurveTests
{
    [Fact]
    public async Task Read_of_few_points_gives_them_as_they_are()
    {
        await using var database = await TestDatabase.StartAsync();
        RunStage.Fill(database, runs: 3, points: 20);
        var curves = await database.Get<RunCurveService>().ReadAsync([RunStage.IdOf(0), RunStage.IdOf(2)], "train/valid.auc", 100, CancellationToken.None);
        curves.Select(curve => curve.RunId).ShouldBe([RunStage.IdOf(0), RunStage.IdOf(2)], ignoreOrder: true);
        curves.Single(curve => curve.RunId == RunStage.IdOf(2)).Points.ShouldBe(Enumerable.Range(0, 20).Select(step => new CurveStep(step, .5 + (.3 * step / (step + 12.0)))));
    }

    [Fact]
    public async Task Read_of_many_points_is_thinned_and_keeps_the_spike()
    {
        await using var database = await TestDatabase.StartAsync();
        RunStage.Fill(database, runs: 1, points: 1000);
        await using (var db = database.Open())
        {
            db.RunMetrics.Add(new() { RunId = RunStage.IdOf(0), Key = "train/valid.auc", Value = 9, Step = 777, At = RunStage.Start });
            await db.SaveChangesAsync();
        }

        var points = (await database.Get<RunCurveService>().ReadAsync([RunStage.IdOf(0)], "train/valid.auc", 100, CancellationToken.None)).ShouldHaveSingleItem().Points;
        points.Count.ShouldBeInRange(50, 104);
        points.ShouldContain(point => point.Value == 9 && point.Step > 750 && point.Step < 800);
        points.Select(point => point.Step).ShouldBeInOrder();
    }

    [Fact]
    public async Task Read_out_of_bounds_is_refused_and_of_nothing_is_empty()
    {
        await using var database = await TestDatabase.StartAsync();
        var curves = database.Get<RunCurveService>();
        (await curves.ReadAsync([Guid.NewGuid()], "auc", 100, CancellationToken.None)).ShouldBeEmpty();
        await Should.ThrowAsync<RefusedException>(() => curves.ReadAsync([.. Enumerable.Range(0, 21).Select(RunStage.IdOf)], "auc", 100, CancellationToken.None));
        await Should.ThrowAsync<RefusedException>(() => curves.ReadAsync([RunStage.IdOf(0)], "auc", 100_000, CancellationToken.None));
    }
}
