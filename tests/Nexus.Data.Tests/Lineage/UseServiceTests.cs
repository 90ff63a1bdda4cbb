using Nexus.Data.Agents;
using Nexus.Data.Lineage;
using Nexus.Data.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Lineage;

public sealed class UseServiceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Dataset_is_used_by_pipelines_newest_versions_and_the_agents_that_serve_one_now()
    {
        await DrawAsync(
            ("pipeline/b@1", "ran", "run/1"), ("pipeline/a@1", "ran", "run/2"), ("pipeline/a@2", "ran", "run/3"), ("pipeline/other@1", "ran", "run/4"),
            ("dataset/d@1", "read", "run/1"), ("dataset/d@1", "read", "run/2"), ("dataset/d@1", "read", "run/3"), ("dataset/d@2", "read", "run/4"),
            ("run/2", "made", "model/m@9"), ("run/3", "made", "model/m@10"), ("run/4", "made", "model/x@1"), ("run/1", "made", "dataset/e@1"));
        await AgentsAsync(("serves", "m", 9), ("behind", "m", 8), ("foreign", "x", 1));

        (await _database.Get<UseService>().OfDatasetAsync("d", 1, Stop)).ShouldBe(["pipeline/a", "pipeline/b", "model/m@10", "agent/serves"]);
    }

    [Fact]
    public async Task What_nobody_uses_has_no_users()
    {
        (await _database.Get<UseService>().OfDatasetAsync("d", 1, Stop)).ShouldBeEmpty();
        (await _database.Get<UseService>().OfPipelineAsync("p", Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pipeline_feeds_the_models_of_its_runs_and_the_agents_that_follow_them()
    {
        await RunsAsync("p", "m", null);
        await RunsAsync("q", "x");
        await AgentsAsync(("serves", "m", 1), ("foreign", "x", 1));

        (await _database.Get<UseService>().OfPipelineAsync("p", Stop)).ShouldBe(["model/m", "agent/serves"]);
    }

    private async Task DrawAsync(params (string From, string Relation, string To)[] arrows)
    {
        await using var db = _database.Open();
        db.LineageEdges.AddRange(arrows.Select(a => new LineageEdge { Id = Guid.CreateVersion7(), From = a.From, To = a.To, Relation = a.Relation, CreatedAt = DateTimeOffset.UnixEpoch }));
        await db.SaveChangesAsync(Stop);
    }

    private async Task AgentsAsync(params (string Name, string Model, int Served)[] agents)
    {
        await using var db = _database.Open();
        db.Agents.AddRange(agents.Select(a => new Agent
        {
            Id = Guid.CreateVersion7(),
            Name = a.Name,
            ModelName = a.Model,
            ServedVersion = a.Served,
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "t",
            ChangedAt = DateTimeOffset.UnixEpoch,
        }));
        await db.SaveChangesAsync(Stop);
    }

    private async Task RunsAsync(string pipeline, params string?[] models)
    {
        await using var db = _database.Open();
        var id = Guid.CreateVersion7();
        db.Pipelines.Add(new() { Id = id, Name = pipeline, CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "t", Revision = 1, Runs = models.Length });
        db.Runs.AddRange(models.Select((model, i) => new Run
        {
            Id = Guid.CreateVersion7(),
            PipelineId = id,
            PipelineName = pipeline,
            Revision = 1,
            Number = i + 1,
            Trigger = "manual",
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "t",
            Overrides = "[]",
            Composed = "{}",
            ComposedDigest = "",
            Environment = "{}",
            ModelName = model,
        }));
        await db.SaveChangesAsync(Stop);
    }
}
