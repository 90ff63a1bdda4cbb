using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Storage.Health;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

/// <summary>What is said to each database in its own way means the same on all.</summary>
public sealed class DatabaseProviderTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(Turn.Ledger)]
    [InlineData(Turn.Decisions)]
    [InlineData(Turn.StepCache)]
    public async Task Turn_is_one_transaction_s_at_a_time(Turn turn)
    {
        await using (var db = _database.Open())
        {
            db.JournalPositions.Add(new() { Journal = "counted", Segment = 0, Offset = 0 });
            await db.SaveChangesAsync(Stop);
        }

        // Each reads what it then counts up: without the turn, some would count from the same.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await using var db = _database.Open();
                    await using var transaction = await db.Database.BeginTransactionAsync(Stop);
                    await db.TakeTurnAsync(turn, Stop);
                    var next = await db.JournalPositions.Select(p => p.Offset).SingleAsync(Stop) + 1;
                    await db.JournalPositions.ExecuteUpdateAsync(p => p.SetProperty(x => x.Offset, next), Stop);
                    await transaction.CommitAsync(Stop);
                }
            },
            Stop)));

        await using var read = _database.Open();
        (await read.JournalPositions.Select(p => p.Offset).SingleAsync(Stop)).ShouldBe(80);
    }

    [Fact]
    public async Task Probe_writes_and_leaves_nothing()
    {
        await using (var db = _database.Open()) await db.Provider.ProbeAsync(db, Stop);

        await using var after = _database.Open();
        (await after.JournalPositions.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Standby_that_takes_no_writes_is_an_outage()
    {
        await using var db = _database.Open();
        if (db.Provider.Name != "PostgreSql") Assert.Skip("It is asked of PostgreSQL.");
        await db.Database.OpenConnectionAsync(Stop);
        await db.Database.ExecuteSqlRawAsync("SET default_transaction_read_only = on", Stop);

        var failure = await Should.ThrowAsync<Exception>(() => db.Provider.ProbeAsync(db, Stop));

        Outage.Of(failure).ShouldBe(Outage.NoDatabase);
    }

    [Fact]
    public async Task Rows_written_in_bulk_come_back_as_they_were()
    {
        var agent = Guid.NewGuid();
        var rows = Enumerable.Range(0, 500).Select(i => Decision(agent, i)).ToList();
        await using (var db = _database.Open())
        {
            await db.Provider.RelaxAsync(db, Stop);
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await db.Provider.InsertAsync(db, rows, Stop);
            await transaction.CommitAsync(Stop);
        }

        await using var read = _database.Open();
        var stored = await read.Decisions.AsNoTracking().Where(d => d.AgentId == agent).OrderBy(d => d.At).ToListAsync(Stop);
        stored.Count.ShouldBe(rows.Count);
        foreach (var (was, now) in rows.Zip(stored)) now.ShouldBeEquivalentTo(was);
    }

    [Fact]
    [Trait("Database", "Sqlite")]
    public async Task Connection_has_all_its_settings_fresh_from_the_pool_and_after_somebody_relaxed_it()
    {
        (string Pragma, string Value)[] settings =
            [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "15000"), ("temp_store", "2"), ("cache_size", "-16000")];
        var contexts = new List<NexusDb>();
        for (var i = 0; i < 8; i++) // more at once than the pool can have: some are fresh
        {
            contexts.Add(_database.Open());
            await contexts[i].Database.OpenConnectionAsync(Stop);
            await ShouldHaveAsync(contexts[i], $"fresh {i}");
            await contexts[i].Provider.RelaxAsync(contexts[i], Stop);
        }

        foreach (var db in contexts) await db.DisposeAsync();
        contexts.Clear();
        for (var i = 0; i < 8; i++)
        {
            contexts.Add(_database.Open());
            if (i % 2 == 0) await contexts[i].Database.OpenConnectionAsync(Stop);
            else contexts[i].Database.OpenConnection();
            await ShouldHaveAsync(contexts[i], $"pooled {i}");
        }

        foreach (var db in contexts) await db.DisposeAsync();

        async Task ShouldHaveAsync(NexusDb db, string which)
        {
            foreach (var (pragma, value) in settings)
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"PRAGMA {pragma};";
                Convert.ToString(await command.ExecuteScalarAsync(Stop), CultureInfo.InvariantCulture).ShouldBe(value, $"{pragma}, {which}");
            }
        }
    }

    [Fact]
    public async Task Rows_written_in_bulk_go_with_their_transaction()
    {
        await using (var db = _database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await db.Provider.InsertAsync(db, [Decision(Guid.NewGuid(), 1)], Stop);
            await transaction.RollbackAsync(Stop);
        }

        await using var read = _database.Open();
        (await read.Decisions.CountAsync(Stop)).ShouldBe(0);
    }

    [Theory]
    [InlineData("nul \0 within")]
    [InlineData("half \ud800 of a pair")]
    [InlineData("\udc00\ud800")]
    [InlineData("whole 😀 pair")]
    public async Task Any_text_can_be_saved_and_looked_for(string text)
    {
        await using (var db = _database.Open())
        {
            db.Agents.Add(new Agent
            {
                Id = Guid.CreateVersion7(),
                Name = "price",
                Description = text,
                ModelName = "none",
                CreatedAt = DateTimeOffset.UnixEpoch,
                CreatedBy = "eva",
                ChangedAt = DateTimeOffset.UnixEpoch,
            });
            await db.SaveChangesAsync(Stop);
        }

        await using var read = _database.Open();
        (await read.Agents.SingleAsync(a => a.Description == text, Stop)).Description.Length.ShouldBe(text.Length);
    }

    [Fact]
    public async Task Text_is_told_apart_and_ordered_by_its_code_points()
    {
        await using (var db = _database.Open())
        {
            string[] names = ["b", "B", "a", "ä", "A", "_"];
            db.Datasets.AddRange(names.Select(name => new Nexus.Data.Datasets.Dataset { Id = Guid.CreateVersion7(), Name = name, CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "eva" }));
            await db.SaveChangesAsync(Stop);
        }

        await using var read = _database.Open();
        (await read.Datasets.OrderBy(d => d.Name).Select(d => d.Name).ToListAsync(Stop)).ShouldBe(["A", "B", "_", "a", "b", "ä"]);
        (await read.Datasets.CountAsync(d => d.Name == "a", Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Value_that_is_there_already_is_told_from_other_failures()
    {
        await using var db = _database.Open();
        db.JournalPositions.Add(new() { Journal = "one", Segment = 0, Offset = 0 });
        await db.SaveChangesAsync(Stop);
        await using var again = _database.Open();
        again.JournalPositions.Add(new() { Journal = "one", Segment = 0, Offset = 0 });
        UniqueViolation.Is(await Should.ThrowAsync<DbUpdateException>(() => again.SaveChangesAsync(Stop))).ShouldBeTrue();

        await using var orphan = _database.Open();
        orphan.RunTags.Add(new() { RunId = Guid.NewGuid(), Key = "a", Value = "b" });
        UniqueViolation.Is(await Should.ThrowAsync<DbUpdateException>(() => orphan.SaveChangesAsync(Stop))).ShouldBeFalse();
    }

    private static Decision Decision(Guid agent, int i) => new()
    {
        Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(i)),
        AgentId = agent,
        At = DateTimeOffset.UnixEpoch.AddMicroseconds(i),
        ModelVersion = i,
        Variant = "production",
        PlanRevision = 1,
        Unit = i % 2 == 0 ? null : $"unit ž {i}",
        Label = i % 3 == 0 ? null : "UP",
        Score = i % 5 == 0 ? null : i / 7.0,
        LatencyMicroseconds = i,
        Payload = """{"inputs":{"a":1}}""",
        LabeledAt = i % 7 == 0 ? DateTimeOffset.UnixEpoch.AddDays(i) : null,
    };
}
