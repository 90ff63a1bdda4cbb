using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Agents;
using Nexus.Data.Audit;
using Nexus.Data.Feedback;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Backups;
using Nexus.Data.Storage.Blobs;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

/// <summary>Retention, the sweep of blobs, backups, readers and writers, all at once: each leaves the others whole.</summary>
public sealed class UpkeepTests : IAsyncLifetime
{
    private const int Days = 12;
    private static readonly Actor Olga = new("olga", new HashSet<Role> { Role.Auditor, Role.Admin, Role.Labeler });
    private static readonly Guid AgentId = Guid.Parse("0197a000-0000-7000-8000-000000000002");

    private readonly string _backups = Directory.CreateTempSubdirectory("nexus-backups-").FullName;
    private readonly DateTimeOffset _start = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-34 - Days), TimeSpan.Zero);
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HashSet<Guid> _old = [];
    private TestDatabase _database = null!;
    private int _added;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync(configure: services => services.Configure<DecisionOptions>(o => o.KeepDays = DecisionOptions.LeastKeepDays));
        await using var db = _database.Open();
        db.Agents.Add(new() { Id = AgentId, Name = "prices", ModelName = "price", CreatedAt = _start, CreatedBy = "ada", ChangedAt = _start });
        await db.SaveChangesAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _end.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_backups, recursive: true);
    }

    [Fact]
    public Task Backup_made_while_retention_and_sweep_work_holds_every_decision_once() => DrillAsync(backups: 2, perDay: 40);

    [Fact]
    [Trait("Length", "Long")]
    public Task Backups_made_one_after_another_while_retention_and_sweep_work_hold_every_decision_once() => DrillAsync(backups: 12, perDay: 400);

    private async Task DrillAsync(int backups, int perDay)
    {
        await AddAsync(perDay);
        Task[] works = [ArchiveAsync(), SweepAsync(), ReadAsync(), LabelAsync()];
        var known = new List<HashSet<Guid>>();
        for (var i = 0; i < backups; i++)
        {
            if (i > 0) await AddAsync(perDay);
            known.Add([.. _old]);
            (await _database.Get<BackupService>().RunAsync(Path.Combine(_backups, $"{i}"), _ => { }, Stop)).ShouldBeEmpty();
            if (works.FirstOrDefault(w => w.IsCompleted) is { } ended) await ended;
        }

        await _end.CancelAsync();
        foreach (var work in works) await work;
        for (var i = 0; i < backups; i++) await HoldsAsync(Path.Combine(_backups, $"{i}"), known[i]);
    }

    /// <summary>What was there before the backup is in it, each once, by list and by id, and with the blobs that its rows name.</summary>
    private static async Task HoldsAsync(string backup, HashSet<Guid> known)
    {
        await using var restored = await TestDatabase.StartEmptyAsync();
        var ledger = await restored.Get<RestoreService>().RunAsync(backup, _ => { }, Stop);
        ledger.Valid.ShouldBeTrue();
        ledger.Entries.ShouldBeGreaterThan(0);
        var listed = await ListAsync(restored);
        listed.ShouldBeUnique();
        known.Except(listed).ShouldBeEmpty("decisions are missing");
        foreach (var id in known.Where((_, i) => i % (known.Count / 20) == 0)) (await restored.Get<DecisionReader>().GetAsync(id, Stop)).Id.ShouldBe(id);
        await using var db = restored.Open();
        (await db.Decisions.CountAsync(Stop) + await db.DecisionArchives.SumAsync(a => a.Rows, Stop)).ShouldBe(listed.Count);
        foreach (var digest in await db.DecisionArchives.Select(a => a.Digest).ToListAsync(Stop)) (await restored.Get<BlobStore>().ExistsAsync(digest, Stop)).ShouldBeTrue();
    }

    private async Task ArchiveAsync()
    {
        while (!_end.IsCancellationRequested) await Working(async () => await _database.Get<DecisionArchiver>().RunAsync(_end.Token));
    }

    /// <summary>All blobs are as of long ago, so that only their names keep them; and there is always one that nothing names.</summary>
    private async Task SweepAsync()
    {
        var blobs = _database.Get<BlobStore>();
        for (var i = 0; !_end.IsCancellationRequested; i++)
        {
            await using var db = _database.Open();
            var named = await db.DecisionArchives.Select(a => a.Digest).ToListAsync(Stop);
            var orphan = (await blobs.PutTextAsync($"of nobody {i}", Stop)).Digest;
            foreach (var digest in named.Append(orphan)) File.SetLastWriteTimeUtc(await blobs.FetchAsync(digest, Stop), DateTime.UnixEpoch.AddYears(50));
            (await _database.Get<BlobSweep>().SweepAsync(Stop)).ShouldBe(1);
            await Task.Delay(20, Stop);
        }
    }

    /// <summary>At every moment each decision is seen once.</summary>
    private async Task ReadAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var known = Known();
            var listed = await ListAsync(_database);
            listed.ShouldBeUnique();
            known.Except(listed).ShouldBeEmpty("decisions are missing");
            foreach (var id in known.TakeLast(3)) (await _database.Get<DecisionReader>().GetAsync(id, Stop)).Id.ShouldBe(id);
        }
    }

    /// <summary>Labels the decisions that are about to move, or have just moved: each label meets its decision.</summary>
    private async Task LabelAsync()
    {
        var labeled = new HashSet<Guid>();
        while (!_end.IsCancellationRequested)
        {
            if (Known().Where(id => !labeled.Contains(id)).OrderBy(Ids.TimeOf).Take(5).ToList() is not { Count: > 0 } some)
            {
                await Task.Delay(20, Stop);
                continue;
            }

            await _database.Get<FeedbackService>().AcceptAsync([.. some.Select(id => new FeedbackInput(id, "label", "\"UP\""))], Olga, Stop);
            labeled.UnionWith(some);
        }

        await using var db = _database.Open();
        (await db.FeedbackItems.CountAsync(i => i.JoinedAt != null, Stop)).ShouldBe(labeled.Count);
    }

    private async Task Working(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The drill has ended.
        }
    }

    private List<Guid> Known()
    {
        lock (_old) return [.. _old];
    }

    private static async Task<List<Guid>> ListAsync(TestDatabase database)
    {
        var all = new List<Guid>();
        var page = new PageRequest(1000);
        while (true)
        {
            var found = await database.Get<DecisionReader>().ListAsync("prices", new(), page, Stop);
            all.AddRange(found.Items.Select(d => d.Id));
            if (found.NextPageToken is null) return all;
            page = page with { Token = found.NextPageToken };
        }
    }

    /// <summary>Decisions of more than a month ago, of each day some, and one entry in the ledger.</summary>
    private async Task AddAsync(int perDay)
    {
        var offset = TimeSpan.FromSeconds(perDay * _added++ * 2);
        List<Decision> all = [.. Enumerable.Range(0, Days * perDay).Select(i => At(_start.AddDays(i / perDay) + offset + TimeSpan.FromSeconds(i % perDay * 2)))];
        await using (var db = _database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await db.Provider.InsertAsync(db, all, Stop);
            Ledger.Append(db, Olga, "test.added", $"test/{_added}");
            await db.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
        }

        lock (_old) _old.UnionWith(all.Select(d => d.Id));
    }

    private static Decision At(DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        AgentId = AgentId,
        At = at,
        ModelVersion = 1,
        Variant = "production",
        PlanRevision = 1,
        Label = "UP",
        LatencyMicroseconds = 100,
        Payload = """{"inputs":{"x":1.5},"scores":{"DOWN":0.3,"UP":0.7},"guardrails":[]}""",
    };
}
