using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Agents;
using Nexus.Data.Feedback;
using Nexus.Data.Identity;
using Nexus.Data.Monitoring;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Feedback;

public sealed class FeedbackServiceTests
{
    private static readonly Actor Ada = new("ada", new HashSet<Role> { Role.Labeler });
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public async Task The_same_item_twice_counts_once()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = await DecisionAsync(database);
        FeedbackInput[] items = [Label(decision, "UP"), Label(decision, "UP"), new(decision, "click", "true"), new(decision, "click", "true"), new(decision, "session", "12.5")];

        await AcceptAsync(database, items);
        _time.Advance(TimeSpan.FromMinutes(1));
        await AcceptAsync(database, items);

        await using var db = database.Open();
        (await db.FeedbackItems.CountAsync()).ShouldBe(3);
        (await MinuteAsync(database)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_later_label_takes_the_place_of_the_one_before_and_the_accuracy_follows()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = await DecisionAsync(database, answered: "UP");

        await AcceptAsync(database, Label(decision, "UP"));
        (await MinuteAsync(database)).ShouldBe((1, 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        await AcceptAsync(database, Label(decision, "DOWN"));

        (await MinuteAsync(database)).ShouldBe((1, 0));
        (await TruthAsync(database, decision)).ShouldBe("DOWN");
        await using var db = database.Open();
        var items = await db.FeedbackItems.OrderBy(i => i.ReceivedAt).ToListAsync();
        items.Select(i => (i.Value, i.Superseded)).ShouldBe([("\"UP\"", true), ("\"DOWN\"", false)]);
    }

    [Fact]
    public async Task A_decision_shows_what_was_told_last_of_each_identity()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = await DecisionAsync(database);
        await using (var db = database.Open())
        {
            db.Agents.Add(new() { Id = AgentId, Name = "prices", ModelName = "price", CreatedAt = Noon, CreatedBy = "ada", ChangedAt = Noon });
            await db.SaveChangesAsync();
        }

        await AcceptAsync(database, Label(decision, "UP"), new(decision, "click", "true"), new(decision, "label", "\"UP\"", Source: "desk"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await AcceptAsync(database, Label(decision, "DOWN"), new(decision, "click", "true"), new(decision, "label", "\"UP\"", Noon));

        var shown = (await database.Get<DecisionReader>().GetAsync(decision, CancellationToken.None)).Feedback;
        shown.Select(f => (f.Kind, f.Value.ToString(), f.Source))
            .ShouldBe([("label", "UP", "ada"), ("click", "True", "ada"), ("label", "UP", "desk"), ("label", "DOWN", "ada")], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_labels_of_one_call_are_in_the_order_of_the_call()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = await DecisionAsync(database);

        await AcceptAsync(database, Label(decision, "UP"), Label(decision, "DOWN"));

        (await TruthAsync(database, decision)).ShouldBe("DOWN");
    }

    [Fact]
    public async Task Items_with_times_give_the_same_truth_in_every_order()
    {
        var random = new Random(5);
        FeedbackInput[] items = [.. Enumerable.Range(0, 7).Select(i => new FeedbackInput(
            Guid.Empty, i % 3 == 0 ? "correction" : "label", i % 2 == 0 ? "\"UP\"" : "\"DOWN\"", Noon.AddSeconds(i), i % 2 == 0 ? "a" : "b"))];
        await using var database = await TestDatabase.StartAsync(_time);
        for (var round = 0; round < 8; round++)
        {
            var decision = await DecisionAsync(database, answered: "UP");
            random.Shuffle(items);
            foreach (var call in items.Chunk(1 + random.Next(3))) await AcceptAsync(database, [.. call.Select(i => i with { DecisionId = decision })]);
            (await TruthAsync(database, decision)).ShouldBe("UP");
        }

        (await MinuteAsync(database)).ShouldBe((8, 8));
    }

    [Fact]
    public async Task Feedback_before_its_decision_is_joined_when_that_turns_up()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = Guid.CreateVersion7(Noon);
        await AcceptAsync(database, Label(decision, "UP"));
        await database.Get<FeedbackService>().SweepAsync(CancellationToken.None);
        await using (var early = database.Open()) (await early.FeedbackItems.SingleAsync()).JoinedAt.ShouldBeNull();

        await DecisionAsync(database, decision, "UP");
        await database.Get<FeedbackService>().SweepAsync(CancellationToken.None);

        (await TruthAsync(database, decision)).ShouldBe("UP");
        (await MinuteAsync(database)).ShouldBe((1, 1));
        (await database.Get<FeedbackService>().SweepAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Decision_that_arrives_finds_what_waited_for_it()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decision = Guid.CreateVersion7(Noon);
        await AcceptAsync(database, Label(decision, "DOWN"), Label(Guid.CreateVersion7(Noon), "UP"));
        await DecisionAsync(database, decision, "UP");

        await using var db = database.Open();
        await database.Get<FeedbackJoin>().ArriveAsync(db, [decision], CancellationToken.None);
        await db.SaveChangesAsync();

        (await TruthAsync(database, decision)).ShouldBe("DOWN");
        (await MinuteAsync(database)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Concurrent_duplicates_count_once()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var decisions = new List<Guid>();
        for (var i = 0; i < 20; i++) decisions.Add(await DecisionAsync(database, answered: "UP"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AcceptAsync(database, [.. decisions.Select(d => Label(d, "UP"))]))));

        await using var db = database.Open();
        (await db.FeedbackItems.CountAsync()).ShouldBe(20);
        (await MinuteAsync(database)).ShouldBe((20, 20));
    }

    [Fact]
    public async Task More_items_than_one_call_takes_are_refused_and_nothing_is_stored()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var items = Enumerable.Range(0, FeedbackService.MaxItems + 1).Select(_ => Label(Guid.CreateVersion7(), "UP")).ToArray();

        (await Should.ThrowAsync<RefusedException>(() => AcceptAsync(database, items))).Kind.ShouldBe(RefusalKind.TooLarge);
        await using var db = database.Open();
        (await db.FeedbackItems.AnyAsync()).ShouldBeFalse();
    }

    private static FeedbackInput Label(Guid decision, string value) => new(decision, "label", $"\"{value}\"");

    private static Task AcceptAsync(TestDatabase database, params FeedbackInput[] items) =>
        database.Get<FeedbackService>().AcceptAsync(items, Ada, CancellationToken.None);

    private static readonly Guid AgentId = Guid.CreateVersion7();

    private static async Task<Guid> DecisionAsync(TestDatabase database, Guid? id = null, string answered = "UP")
    {
        await using var db = database.Open();
        var decision = new Decision
        {
            Id = id ?? Guid.CreateVersion7(Noon),
            AgentId = AgentId,
            At = Noon.AddSeconds(3),
            ModelVersion = 1,
            Variant = "production",
            PlanRevision = 1,
            Label = answered,
            LatencyMicroseconds = 10,
            Payload = """{"inputs": {}, "scores": {}}""",
        };
        db.Decisions.Add(decision);
        if (!await db.MonitoringMinutes.AnyAsync())
        {
            db.MonitoringMinutes.Add(new MonitoringMinute
            {
                AgentId = AgentId,
                ModelVersion = 1,
                Minute = Noon,
                Decisions = 1,
                Errors = 0,
                Latency = [],
                Outputs = [],
                Features = [],
            });
        }

        await db.SaveChangesAsync();
        return decision.Id;
    }

    private static async Task<string?> TruthAsync(TestDatabase database, Guid decision)
    {
        await using var db = database.Open();
        return (await db.Decisions.SingleAsync(d => d.Id == decision)).TrueLabel;
    }

    private static async Task<(long Labeled, long Correct)> MinuteAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var minute = await db.MonitoringMinutes.SingleAsync();
        return (minute.Labeled, minute.Correct);
    }
}
