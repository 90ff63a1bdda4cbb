using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Identity;

/// <summary>Two nodes over one database: a key is one attempt's at a time.</summary>
public sealed class IdempotencyStoreTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Key_that_one_node_answers_is_busy_on_the_other_and_free_there_once_it_is_left()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var (here, there) = (await StartAsync(database), await StartAsync(database));
        var first = await here.Store.TakeAsync("ada", "k", CancellationToken.None);

        (await Should.ThrowAsync<RefusedException>(there.Store.TakeAsync("ada", "k", CancellationToken.None))).Kind.ShouldBe(RefusalKind.Conflict);
        await here.Store.LeaveAsync(first);
        var second = await there.Store.TakeAsync("ada", "k", CancellationToken.None);

        second.Attempt.ShouldNotBe(first.Attempt);
        second.EffectId().ShouldBe(first.EffectId());
        (await Should.ThrowAsync<RefusedException>(here.Store.TakeAsync("ada", "k", CancellationToken.None))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Key_of_a_node_that_is_gone_is_taken_and_the_former_neither_saves_nor_deletes_nor_answers()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var (here, there) = (await StartAsync(database), await StartAsync(database));
        var first = await here.Store.TakeAsync("ada", "k", CancellationToken.None);
        for (var i = 0; i < 7; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await there.Nodes.BeatAsync(CancellationToken.None);
        }

        var second = await there.Store.TakeAsync("ada", "k", CancellationToken.None);

        await Should.ThrowAsync<DbUpdateConcurrencyException>(SaveAsync(database, first, "of the former"));
        await here.Store.ReleaseAsync(first);
        await here.Store.KeepAsync(Answer(first), CancellationToken.None);
        await SaveAsync(database, second, "of the latter");
        await using var db = database.Open();
        var row = await db.IdempotentRequests.SingleAsync(CancellationToken.None);
        (row.Attempt, row.Status, row.Done).ShouldBe((second.Attempt, null, true));
        (await db.SharedKeys.Select(k => k.Name).ToListAsync(CancellationToken.None)).ShouldBe(["of the latter"]);
    }

    [Fact]
    public async Task Kept_answer_is_the_other_nodes_too()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var (here, there) = (await StartAsync(database), await StartAsync(database));
        var first = await here.Store.TakeAsync("ada", "k", CancellationToken.None);

        await here.Store.KeepAsync(Answer(first), CancellationToken.None);

        (await there.Store.TakeAsync("ada", "k", CancellationToken.None)).Status.ShouldBe(201);
        (await here.Store.TakeAsync("ada", "k", CancellationToken.None)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Attempt_that_ends_while_the_database_is_away_frees_the_key_on_its_node()
    {
        await using var database = await TestDatabase.StartAsync(_time);
        var contexts = new FailingContexts(database.Get<IDbContextFactory<NexusDb>>());
        var (store, _) = await StartAsync(database, contexts);
        var first = await store.TakeAsync("ada", "k", CancellationToken.None);

        contexts.IsAway = true;
        await store.ReleaseAsync(first);
        contexts.IsAway = false;

        (await store.TakeAsync("ada", "k", CancellationToken.None)).Status.ShouldBeNull();
    }

    private static IdempotentRequest Answer(IdempotentRequest taken) =>
        new() { Actor = taken.Actor, Key = taken.Key, CreatedAt = default, Attempt = taken.Attempt, Status = 201 };

    private static async Task SaveAsync(TestDatabase database, IdempotentRequest taken, string name)
    {
        using var scope = IdempotencyScope.Begin(taken);
        await using var db = database.Open();
        db.SharedKeys.Add(new() { Name = name, Sealed = [1], CreatedAt = taken.CreatedAt });
        await db.SaveChangesAsync();
    }

    /// <summary>A node of its own on the database, which knows those that came before it.</summary>
    private async Task<(IdempotencyStore Store, NodeRegister Nodes)> StartAsync(TestDatabase database, IDbContextFactory<NexusDb>? contexts = null)
    {
        contexts ??= database.Get<IDbContextFactory<NexusDb>>();
        var identity = new NodeIdentity();
        var nodes = new NodeRegister(
            contexts, identity, shared: true, Options.Create(new NexusOptions()), database.Get<LiveEvents>(), _time, NullLogger<NodeRegister>.Instance);
        await nodes.BeatAsync(CancellationToken.None);
        return (new(contexts, identity, nodes, _time, NullLogger<IdempotencyStore>.Instance), nodes);
    }

    private sealed class FailingContexts(IDbContextFactory<NexusDb> inner) : IDbContextFactory<NexusDb>
    {
        public bool IsAway { get; set; }

        public NexusDb CreateDbContext() => IsAway ? throw new TimeoutException("The database is away.") : inner.CreateDbContext();
    }
}
