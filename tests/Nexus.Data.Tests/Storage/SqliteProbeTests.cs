using Microsoft.EntityFrameworkCore.Storage;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

/// <summary>A database that is busy answers; one whose lock nobody gives back does not.</summary>
[Trait("Database", "Sqlite")]
public sealed class SqliteProbeTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Lock_that_is_held_for_good_is_an_outage()
    {
        await using var db = _database.Open();
        await using var held = await HoldAsync(db, 0);

        await Should.ThrowAsync<Exception>(ProbeAsync);
    }

    [Fact]
    public async Task Writers_who_leave_no_turn_are_none()
    {
        await using var db = _database.Open();
        var held = await HoldAsync(db, 0);
        var probing = Task.Run(ProbeAsync, Stop);

        // The lock is given back and taken at once, for longer than the probe waits: whether it gets a turn or not, the database answers.
        for (var turn = 1; turn <= 8 && !probing.IsCompleted; turn++)
        {
            await Task.Delay(500, Stop);
            await held.CommitAsync(Stop);
            held = await HoldAsync(db, turn);
        }

        await probing;
        await held.DisposeAsync();
    }

    private static async Task<IDbContextTransaction> HoldAsync(NexusDb db, int turn)
    {
        var held = await db.Database.BeginTransactionAsync(Stop);
        db.JournalPositions.Add(new() { Journal = $"probed-{turn}", Segment = 0, Offset = 0 });
        await db.SaveChangesAsync(Stop);
        return held;
    }

    private async Task ProbeAsync()
    {
        await using var db = _database.Open();
        await db.Provider.ProbeAsync(db, Stop);
    }
}
