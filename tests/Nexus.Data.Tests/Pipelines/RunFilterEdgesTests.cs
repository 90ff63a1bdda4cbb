using Microsoft.EntityFrameworkCore;
using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Data.Pipelines.Filters;
using Nexus.Data.Sweeps;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Pipelines;

/// <summary>Filters over runs that lack what is asked for, and over more keys than are suggested.</summary>
public sealed class RunFilterEdgesTests : IAsyncLifetime
{
    private const int Runs = 4;
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync();
        RunStage.Fill(_database, Runs, points: 1);
        await using var db = _database.Open();
        // Run 1 has one value of each, run 2 another, runs 3 and 4 have none, and never began.
        await db.Runs.Where(r => r.Number == 1).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.ModelName, "churn").SetProperty(r => r.ModelVersion, 3).SetProperty(r => r.Error, "gone").SetProperty(r => r.Note, "fine"), Stop);
        await db.Runs.Where(r => r.Number == 2).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.ModelName, "fraud").SetProperty(r => r.ModelVersion, 4).SetProperty(r => r.Error, "lost").SetProperty(r => r.Note, "odd"), Stop);
        await db.Runs.Where(r => r.Number > 2).ExecuteUpdateAsync(set => set.SetProperty(r => r.StartedAt, (DateTimeOffset?)null).SetProperty(r => r.EndedAt, (DateTimeOffset?)null), Stop);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("model != churn")]
    [InlineData("version != 3")]
    [InlineData("error != gone")]
    [InlineData("note != fine")]
    [InlineData("started != '2026-01-01 00:00'")]
    [InlineData("ended != '2026-01-01 00:00:10'")]
    [InlineData("duration != 10s")]
    public async Task Other_value_is_none_of_a_run_that_has_no_value(string text) => (await NumbersAsync(text)).ShouldBe([2]);

    [Fact]
    public async Task Key_beyond_those_that_are_suggested_is_found()
    {
        await using (var db = _database.Open())
        {
            var first = await db.Runs.Where(r => r.Number == 1).Select(r => r.Id).SingleAsync(Stop);
            db.RunTags.AddRange(Enumerable.Range(0, 1100).Select(i => new RunTag { RunId = first, Key = $"key{i:0000}", Value = "x" }));
            await db.SaveChangesAsync(Stop);
        }

        (await NumbersAsync("tags.key1099 = x")).ShouldBe([1]);
        (await Should.ThrowAsync<RefusedException>(() => NumbersAsync("tags.key1100 = x"))).Message.ShouldContain("no run has the tag 'key1100'");
    }

    [Theory]
    [InlineData("my team")]
    [InlineData("a=b, (c)")]
    [InlineData("say \"so\"")]
    [InlineData("plain.key")]
    public async Task Key_of_any_characters_is_written_so_that_it_is_read_again(string key)
    {
        await using (var db = _database.Open())
        {
            var second = await db.Runs.Where(r => r.Number == 2).Select(r => r.Id).SingleAsync(Stop);
            db.RunTags.Add(new() { RunId = second, Key = key, Value = "it's" });
            await db.SaveChangesAsync(Stop);
        }

        (await NumbersAsync($"{FilterText.Field($"tags.{key}")} = {FilterText.Value("it's")}")).ShouldBe([2]);
        (await NumbersAsync($"{FilterText.Field($"tags.{key}")} is null")).ShouldBe([4, 3, 1]);
        (await _database.Get<RunKeyService>().AllAsync(Stop)).Names.ShouldContain(FilterText.Field($"tags.{key}"));
    }

    [Fact]
    public async Task Comparison_of_a_sweep_has_its_best_first_and_what_failed_last()
    {
        var sweep = Guid.NewGuid();
        await using (var db = _database.Open())
        {
            var pipeline = await db.Runs.Select(r => r.PipelineId).FirstAsync(Stop);
            db.Sweeps.Add(new()
            {
                Id = sweep,
                PipelineId = pipeline,
                PipelineName = "elec2",
                Revision = 1,
                Number = 1,
                Overrides = "[]",
                Space = "{}",
                Strategy = SweepStrategy.Grid,
                Seed = 1,
                Metric = "auc",
                Maximize = true,
                MaxTrials = 4,
                Parallel = 1,
                CreatedAt = RunStage.Start,
                CreatedBy = "ada",
            });
            await db.SaveChangesAsync(Stop);
            await db.Runs.ExecuteUpdateAsync(set => set.SetProperty(r => r.SweepId, (Guid?)sweep), Stop);
            await db.Runs.Where(r => r.Number == 2).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Failed), Stop);
        }

        var comparison = await _database.Get<RunComparer>().ReadAsync(new(Sweep: sweep), Stop);

        comparison.Runs.Select(run => run.Summary.Number).ShouldBe([.. new[] { 1, 3, 4 }.OrderByDescending(number => RunStage.Auc(number - 1)), 2]);
    }

    private async Task<IEnumerable<int>> NumbersAsync(string text) =>
        (await _database.Get<RunListService>().ListAsync(new(Text: text), RunColumns.None, new(50), Stop)).Items.Select(row => row.Summary.Number);
}
