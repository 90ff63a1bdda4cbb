using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data;
using Nexus.Data.Feedback;
using Nexus.Data.Identity;
using Nexus.Inference.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Inference.Onnx;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Monitoring;

public sealed class MonitoringServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = new("ada", new HashSet<Role> { Role.Engineer });

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Guid _agent = Guid.CreateVersion7(Noon);
    private TestDatabase _database = null!;

    private MonitoringService Monitoring => _database.Get<MonitoringService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync(_time, services => services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddMonitoringInference());
        var reference = new ReferenceProfile(
            1000,
            [
                new("x", "numeric", [.1, .2, .3, .4, .5, .6, .7, .8, .9], null, [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0], 0, 1),
                new("region", "categorical", null, ["north", "south"], [600, 400, 0, 0]),
            ],
            new Dictionary<string, long> { ["DOWN"] = 580, ["UP"] = 420 });
        await using var db = _database.Open();
        var model = Guid.CreateVersion7(Noon);
        db.Models.Add(new() { Id = model, Name = "elec2", CreatedAt = Noon, CreatedBy = "ada" });
        db.ModelVersions.Add(new()
        {
            Id = Guid.CreateVersion7(Noon),
            ModelId = model,
            ModelName = "elec2",
            Version = 1,
            Kind = "onnx",
            Digest = new string('a', 64),
            Bytes = 1,
            Signature = "{}",
            Metrics = "{}",
            Reference = CanonicalJson.Write(reference),
            Provenance = "{}",
            CreatedAt = Noon,
            CreatedBy = "ada",
        });
        db.Agents.Add(new() { Id = _agent, Name = "price", ModelName = "elec2", ServedVersion = 1, CreatedAt = Noon, CreatedBy = "ada", ChangedAt = Noon });
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Nothing_decided_is_no_data_and_no_figure()
    {
        var drift = await Monitoring.DriftAsync("price", TimeSpan.FromHours(1), default);
        var performance = await Monitoring.PerformanceAsync("price", TimeSpan.FromHours(1), default);

        drift.State.ShouldBe(DriftStates.NotEnoughData);
        drift.Features.ShouldAllBe(f => f.State == DriftStates.NotEnoughData && f.Psi == null && f.Limit == null && f.MissingRate == null);
        performance.Decisions.ShouldBe(0);
        performance.Latency.ShouldBeNull();
        performance.Accuracy.ShouldBeNull();
        (await _database.Get<AgentPulses>().GetAsync("price", TimeSpan.FromHours(1), default)).Health.ShouldBe(AgentHealth.Unknown);
    }

    [Fact]
    public async Task The_same_distribution_is_stable_and_a_shift_drifts()
    {
        var random = new Random(4);
        await DecideAsync(600, _ => (random.NextDouble(), random.Next(10) < 6 ? "north" : "south"));
        var before = await Monitoring.DriftAsync("price", TimeSpan.FromHours(1), default);
        _time.Advance(TimeSpan.FromHours(2));
        await DecideAsync(600, _ => (0.5 + (random.NextDouble() / 2), random.Next(10) < 6 ? "north" : "south"));
        var after = await Monitoring.DriftAsync("price", TimeSpan.FromHours(1), default);

        before.State.ShouldBe(DriftStates.Stable);
        before.Decisions.ShouldBe(600);
        after.State.ShouldBe(DriftStates.Drifts);
        after.Features[0].Name.ShouldBe("x");
        after.Features[0].State.ShouldBe(DriftStates.Drifts);
        after.Features[0].Psi!.Value.ShouldBeGreaterThan(after.Features[0].Limit!.Value);
        after.Features[0].Current.Sum().ShouldBe(1, 1e-9);
        after.Features[1].State.ShouldBe(DriftStates.Stable);
        after.Changed.ShouldBe(1);
    }

    [Fact]
    public async Task Missing_values_and_unknown_categories_are_found_and_named()
    {
        var random = new Random(4);
        await DecideAsync(1000, i => (i % 10 == 0 ? double.NaN : random.NextDouble(), i % 50 == 0 ? "north-2" : random.Next(10) < 6 ? "north" : "south"));

        var drift = await Monitoring.DriftAsync("price", TimeSpan.FromHours(1), default);

        var x = drift.Features.Single(f => f.Name == "x");
        x.MissingRate.ShouldBe(0.1);
        x.ReferenceMissingRate.ShouldBe(0);
        x.State.ShouldBe(DriftStates.Drifts);
        var region = drift.Features.Single(f => f.Name == "region");
        region.NewCategories.ShouldBe([new("north-2", 20)]);
        region.NewCategoryShare.ShouldBe(0.02);
        region.State.ShouldBeOneOf(DriftStates.Drifts, DriftStates.NewCategory);
    }

    [Fact]
    public async Task Too_few_decisions_make_the_window_grow_and_then_say_so()
    {
        var random = new Random(4);
        (double, string?) Row(int i) => (random.NextDouble(), random.Next(10) < 6 ? "north" : "south");
        await DecideAsync(150, Row);
        var few = await Monitoring.DriftAsync("price", TimeSpan.FromMinutes(10), default);
        _time.Advance(TimeSpan.FromHours(3));
        await DecideAsync(100, Row);
        var grown = await Monitoring.DriftAsync("price", TimeSpan.FromMinutes(10), default);

        few.Features.Single(f => f.Name == "x").State.ShouldBe(DriftStates.NotEnoughData);
        grown.Grown.ShouldBeTrue();
        grown.Decisions.ShouldBe(250);
        grown.Features.ShouldAllBe(f => f.State == DriftStates.Stable);
    }

    [Fact]
    public async Task Volume_latency_answers_and_accuracy_are_what_was_counted()
    {
        var ids = await DecideAsync(400, i => (0.5, "north"), i => i % 4 == 0 ? "UP" : "DOWN", i => i < 396 ? 100 : 9000, failures: 2);
        await _database.Get<FeedbackService>().AcceptAsync([.. ids.Take(100).Select(id => new FeedbackInput(id, "label", "\"DOWN\""))], Ada, default);

        var performance = await Monitoring.PerformanceAsync("price", TimeSpan.FromHours(1), default);

        performance.Decisions.ShouldBe(400);
        performance.Errors.ShouldBe(2);
        performance.Latency!.P50Microseconds.ShouldBe(100, 100 / 32.0);
        performance.Latency.P99Microseconds.ShouldBe(100, 100 / 32.0);
        performance.Outputs.ShouldBe([new("DOWN", 300, .75, .58), new("UP", 100, .25, .42)]);
        performance.Labeled.ShouldBe(100);
        performance.Accuracy.ShouldBe(new(.75, performance.Accuracy!.Lower, performance.Accuracy.Upper, 100));
        performance.Accuracy.Lower.ShouldBe(.657, 1e-3);
        performance.Accuracy.Upper.ShouldBe(.825, 1e-3);
        performance.Points.Sum(p => p.Decisions).ShouldBe(400);
        performance.Versions.ShouldHaveSingleItem().Share.ShouldBe(1);
    }

    [Fact]
    public async Task Values_are_measured_by_how_far_they_were_from_the_truth_and_never_by_how_often_they_were_right()
    {
        var ids = await DecideAsync(6, _ => (0.5, "north"), score: i => 10 + i);
        string[] truths = ["10", "13", "\"11.0\"", "1e200", "\"a lot\""]; // off by 0, −2 and 1; the others are no measure
        await TellAsync([.. truths.Select((truth, i) => new FeedbackInput(ids[i], "label", truth))]);

        var performance = await Monitoring.PerformanceAsync("price", TimeSpan.FromHours(1), default);

        performance.Accuracy.ShouldBeNull();
        performance.Labeled.ShouldBe(5);
        var deviation = performance.Deviation!;
        deviation.Labeled.ShouldBe(3);
        deviation.Mae.ShouldBe(1, 1e-12);
        deviation.MaeUpper.ShouldBe(1 + (4.302653 * 1 / Math.Sqrt(3)), 1e-5); // Student's t of two degrees of freedom, standard deviation 1
        deviation.MaeLower.ShouldBe(0);
        deviation.Rmse.ShouldBe(Math.Sqrt(5.0 / 3), 1e-12);
        deviation.RmseUpper.ShouldBe(Math.Sqrt((5.0 / 3) + (4.302653 * Math.Sqrt(13.0 / 3) / Math.Sqrt(3))), 1e-5);
        performance.Points.Single(p => p.RollingDeviation is not null).RollingDeviation.ShouldBe(deviation);
        performance.Versions.ShouldHaveSingleItem().Deviation.ShouldBe(deviation);

        // A wild truth that is taken back leaves no trace.
        _time.Advance(TimeSpan.FromSeconds(1));
        await TellAsync([new(ids[3], "correction", "13"), new(ids[1], "correction", "11")]);

        (await Monitoring.PerformanceAsync("price", TimeSpan.FromHours(1), default)).Deviation!.Mae.ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public async Task Feedback_that_came_first_is_counted_when_the_decision_is_drained()
    {
        var early = Guid.CreateVersion7(Noon);
        await _database.Get<FeedbackService>().AcceptAsync([new(early, "label", "\"UP\"")], Ada, default);

        await DecideAsync(1, _ => (0.5, "north"), first: early);

        (await Monitoring.PerformanceAsync("price", TimeSpan.FromHours(1), default)).Accuracy!.Value.ShouldBe(1);
        await using var db = _database.Open();
        (await db.Decisions.FindAsync(early))!.TrueLabel.ShouldBe("UP");
    }

    [Fact]
    public async Task The_cost_of_a_minute_does_not_grow_with_its_decisions()
    {
        var random = new Random(1);
        await DecideAsync(3_000, _ => (random.NextDouble(), "north"));

        await using var db = _database.Open();
        var minute = db.MonitoringMinutes.ShouldHaveSingleItem();
        minute.Decisions.ShouldBe(3_000);
        (minute.Latency.Length + minute.Outputs.Length + minute.Features.Length).ShouldBeLessThan(300);
    }

    [Fact]
    public async Task Unknown_agent_and_absurd_windows_are_refused()
    {
        (await Should.ThrowAsync<RefusedException>(() => Monitoring.DriftAsync("nobody", TimeSpan.FromHours(1), default))).Kind.ShouldBe(RefusalKind.NotFound);
        MonitoringWindow.Parse("P7D").ShouldBe(TimeSpan.FromDays(7));
        MonitoringWindow.Parse(null).ShouldBe(TimeSpan.FromHours(1));
        foreach (var window in new[] { "1h", "PT1S", "P400D", "-PT1H", "P99999999999D" })
            Should.Throw<RefusedException>(() => MonitoringWindow.Parse(window)).Kind.ShouldBe(RefusalKind.Invalid);
    }

    private Task TellAsync(IReadOnlyList<FeedbackInput> feedback) => _database.Get<FeedbackService>().AcceptAsync(feedback, Ada, default);

    private async Task<List<Guid>> DecideAsync(
        int count, Func<int, (double X, string? Region)> row, Func<int, string>? answer = null, Func<int, int>? latency = null, int failures = 0, Guid? first = null, Func<int, double>? score = null)
    {
        var schema = new DecisionSchema(_agent, "price", "elec2", 1, "binary", [new("region", Datatype.Bytes), new("x", Datatype.FP32)], ["DOWN", "UP"], 2, false);
        var at = _time.GetUtcNow();
        var decisions = Enumerable.Range(0, count).Select(i =>
        {
            var (x, region) = row(i);
            return new JournaledDecision(
                schema, i == 0 && first is { } id ? id : Guid.CreateVersion7(at), at, "production", 1, null, null, score is null ? answer?.Invoke(i) ?? "UP" : null, score?.Invoke(i) ?? .9,
                latency?.Invoke(i) ?? 100, new[] { region is null ? FeatureValue.Missing : new(double.NaN, region), new(x, null) }, "{}"u8.ToArray());
        }).ToList();
        foreach (var half in decisions.Chunk(Math.Max(1, count / 2)))
        {
            await using var db = _database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Decisions.AddRange(half.Select(d => new Data.Agents.Decision
            {
                Id = d.Id,
                AgentId = _agent,
                At = d.At,
                ModelVersion = 1,
                Variant = d.Variant,
                PlanRevision = 1,
                Label = d.Label,
                Score = d.Score,
                LatencyMicroseconds = d.LatencyMicroseconds,
                Payload = "{}",
            }));
            await db.SaveChangesAsync();
            await _database.Get<IDecisionSink>().WriteAsync(db, new(half, [.. Enumerable.Range(0, failures).Select(_ => new JournaledFailure(schema, at))]), default);
            await transaction.CommitAsync();
            failures = 0;
        }

        return [.. decisions.Select(d => d.Id)];
    }
}
