using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;
using Nexus.Inference.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

public sealed class JournalDrainTests
{
    [Fact]
    public async Task Drain_that_fails_halfway_writes_everything_once_in_the_end()
    {
        var sink = new FailingSink();
        await using var host = await ServingHost.StartAsync(services => services.AddSingleton<IDecisionSink>(sink));
        await host.ServeAsync("price", TestModels.Sigmoid());
        var drain = host.Database.Get<JournalDrain>();
        var ids = new HashSet<Guid>();

        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 50; i++) ids.Add((await host.DecideAsync("price", """{"inputs": {"x": 1}}"""))["decisionId"]!.GetValue<Guid>());
            sink.Fails = round % 2 == 0;
            try
            {
                await drain.DrainAsync(CancellationToken.None);
            }
            catch (IOException)
            {
                // As a full disk would.
            }
        }

        sink.Fails = false;
        await drain.DrainAsync(CancellationToken.None);
        await using var db = host.Database.Open();
        (await db.Decisions.Select(d => d.Id).ToListAsync()).ShouldBe(ids, ignoreOrder: true);
        (await db.MonitoringMinutes.SumAsync(m => m.Decisions)).ShouldBe(300);
    }

    [Fact]
    public async Task Decisions_of_a_killed_process_are_there_before_the_next_one_answers()
    {
        await using var killed = await ServingHost.StartAsync();
        await killed.ServeAsync("price", TestModels.Sigmoid());
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++) ids.Add((await killed.DecideAsync("price", """{"inputs": {"x": 1}}"""))["decisionId"]!.GetValue<Guid>());
        var journal = killed.Database.Get<DecisionJournal>();
        var left = Directory.CreateTempSubdirectory("nexus-left-").FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(killed.Database.Directory, "journal"))) File.Copy(file, Path.Combine(left, Path.GetFileName(file)));

        using var options = new JournalFolder();
        Directory.Move(left, options.Segments);
        using var next = options.Open();
        using var cursor = new JournalCursor(next, next.Files.First(), 0);

        cursor.Next(1000).Decisions.Select(d => d.Id).ShouldBe(ids);
        next.Files.Id.ShouldBe(journal.Files.Id);
    }

    [Fact]
    public async Task Drained_segments_go_and_the_position_stays()
    {
        await using var host = await ServingHost.StartAsync(services => services.Configure<JournalOptions>(o => o.SegmentMegabytes = 1));
        await host.ServeAsync("price", TestModels.Sigmoid());
        var text = new string('b', 90_000);
        for (var i = 0; i < 20; i++) await host.DecideAsync("price", $$$"""{"inputs": {"x": {{{i}}}, "colour": "{{{text}}}"}}""");
        var files = host.Database.Get<DecisionJournal>().Files;

        await host.Database.Get<JournalDrain>().DrainAsync(CancellationToken.None);

        files.Numbers().Count.ShouldBe(1);
        await using var db = host.Database.Open();
        (await db.Decisions.CountAsync()).ShouldBe(20);
        var position = await db.JournalPositions.SingleAsync();
        (position.Journal, position.Segment).ShouldBe((files.Id, files.First()));
    }

    [Fact]
    public async Task Database_that_takes_nothing_fills_the_journal_to_its_bound_and_no_further()
    {
        var sink = new FailingSink { Fails = true };
        await using var host = await ServingHost.StartAsync(services => services.AddSingleton<IDecisionSink>(sink).Configure<JournalOptions>(o => o.MaxBacklogMegabytes = 1));
        await host.ServeAsync("price", TestModels.Sigmoid());
        var body = $$$"""{"inputs": {"x": 1, "colour": "{{{new string('b', 90_000)}}}"}}""";
        var answered = 0;
        var refused = await Should.ThrowAsync<RefusedException>(async () =>
        {
            for (; answered < 40; answered++) await host.DecideAsync("price", body);
        });

        refused.Kind.ShouldBe(RefusalKind.Unavailable);
        answered.ShouldBeInRange(5, 12);
        sink.Fails = false;
        await host.Database.Get<JournalDrain>().DrainAsync(CancellationToken.None);
        await host.DecideAsync("price", body);
        await host.Database.Get<JournalDrain>().DrainAsync(CancellationToken.None);
        host.Database.Get<JournalDrain>().BacklogBytes().ShouldBe(0);
    }

    [Fact]
    public async Task Rows_of_all_kinds_come_back_from_the_journal_as_they_were_answered()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());
        var given = new List<(Guid Id, string? Unit, string? Subject, string Colour)>();
        for (var i = 0; i < 40; i++)
        {
            var (unit, subject, colour) = (i % 3 == 0 ? null : $"u{i / 4}", i % 5 == 0 ? $"s{i}" : null, i % 2 == 0 ? "grün" : "red");
            var body = new JsonObject { ["inputs"] = new JsonObject { ["x"] = i - 20, ["colour"] = colour } };
            if (unit is not null) body["unit"] = unit;
            if (subject is not null) body["subject"] = subject;
            given.Add(((await host.DecideAsync("price", body.ToJsonString()))["decisionId"]!.GetValue<Guid>(), unit, subject, colour));
        }

        await host.Database.Get<JournalDrain>().DrainAsync(CancellationToken.None);

        await using var db = host.Database.Open();
        var rows = await db.Decisions.ToDictionaryAsync(d => d.Id);
        foreach (var (id, unit, subject, colour) in given)
        {
            (rows[id].Unit, rows[id].Subject, rows[id].TrueLabel).ShouldBe((unit, subject, null));
            JsonNode.Parse(rows[id].Payload)!["inputs"]!["colour"]!.GetValue<string>().ShouldBe(colour);
            rows[id].Score.ShouldNotBeNull().ShouldBe(JsonNode.Parse(rows[id].Payload)!["scores"]![rows[id].Label!]!.GetValue<double>(), 1e-6);
        }

        rows.Values.Select(d => d.Label).Distinct().Count().ShouldBe(2);
    }

    private sealed class FailingSink : IDecisionSink
    {
        public bool Fails { get; set; }

        public Task WriteAsync(NexusDb db, JournalBatch batch, CancellationToken ct) =>
            Fails ? Task.FromException(new IOException("No space.")) : Task.CompletedTask;
    }
}
