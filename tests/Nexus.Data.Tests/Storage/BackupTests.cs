using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Backups;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

public sealed class BackupTests : IAsyncLifetime
{
    private static readonly Actor Olga = new("olga", new HashSet<Role> { Role.Auditor, Role.Admin });

    private readonly string _backup = Path.Combine(Path.GetTempPath(), $"nexus-backup-{Guid.NewGuid():N}");
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync();
        await AppendAsync(70);
        await _database.Get<BlobStore>().PutTextAsync("one", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (Directory.Exists(_backup)) Directory.Delete(_backup, recursive: true);
    }

    [Fact]
    public async Task Backup_made_while_others_write_is_restored_elsewhere_as_of_one_moment()
    {
        await _database.Get<AuditService>().CheckpointAsync(Olga, Stop);
        using var end = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(end.Token), Stop);
        var lines = new List<string>();
        (await BackUp(lines.Add)).ShouldBeEmpty();
        await end.CancelAsync();
        var written = await writing;

        await using var restored = await TestDatabase.StartEmptyAsync();
        var ledger = await restored.Get<RestoreService>().RunAsync(_backup, lines.Add, Stop);

        ledger.Valid.ShouldBeTrue();
        ledger.Entries.ShouldBeGreaterThanOrEqualTo(70);
        written.ShouldBeGreaterThan(0);
        lines.ShouldContain(l => l.StartsWith("database", StringComparison.Ordinal));
        await using var db = restored.Open();
        var entries = await db.LedgerEntries.AsNoTracking().OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync(Stop);
        entries.ShouldBe(Enumerable.Range(1, entries.Count).Select(i => (long)i));

        // A blob stands before the row that names it: here a row is the entry whose subject is its digest.
        foreach (var digest in await db.LedgerEntries.Where(e => e.Action == "blob.put").Select(e => e.Subject).ToListAsync(Stop))
            (await restored.Get<BlobStore>().ReadTextAsync(digest, Stop)).ShouldStartWith("blob");
        (await restored.Get<BlobStore>().ReadTextAsync(CanonicalJson.Digest("one"), Stop)).ShouldBe("one");

        // It goes on where it was: the tables count on, the ledger takes entries, the start finds nothing to mend.
        await restored.Get<DatabaseStart>().RunAsync(Stop);
        await using var more = restored.Open();
        Ledger.Append(more, Olga, "test.again", "test/again");
        more.Add(new Microsoft.AspNetCore.Identity.IdentityRoleClaim<Guid> { RoleId = await more.Roles.Select(r => r.Id).FirstAsync(Stop), ClaimType = "after" });
        await more.SaveChangesAsync(Stop);
        (await restored.Get<AuditService>().VerifyAsync(Olga, Stop)).Valid.ShouldBeTrue();
    }

    [Fact]
    public async Task Broken_backup_is_refused_with_what_and_where_and_changes_nothing()
    {
        await BackUp(_ => { });
        var blob = Directory.EnumerateFiles(Path.Combine(_backup, "blobs"), "*", SearchOption.AllDirectories).First();
        await using var other = await TestDatabase.StartEmptyAsync();

        await RefusedAsync(blob, "another", other, "it is not what was backed up");
        await RefusedAsync(blob, null, other, "it is missing");
        await RefusedAsync(Path.Combine(_backup, "SHA256SUMS"), "x", other, "it is not what was backed up");
        await RefusedAsync(Path.Combine(_backup, "manifest.json"), "{}", other, "a form that this portal does not know");
        await RefusedAsync(Path.Combine(_backup, "manifest.json"), null, other, "no whole backup");

        (await Should.ThrowAsync<RefusedException>(() => BackUp(_ => { }))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => _database.Get<RestoreService>().RunAsync(_backup, _ => { }, Stop))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Blob_that_the_store_holds_damaged_is_left_out_and_named()
    {
        var store = _database.Get<BlobStore>();
        var blob = await store.PutTextAsync("whole", Stop);
        await File.WriteAllTextAsync(await store.FetchAsync(blob.Digest, Stop), "damaged", Stop);

        (await BackUp(_ => { })).ShouldBe([blob.Digest]);
        await using var restored = await TestDatabase.StartEmptyAsync();
        (await restored.Get<RestoreService>().RunAsync(_backup, _ => { }, Stop)).Valid.ShouldBeTrue();
        (await restored.Get<BlobStore>().ExistsAsync(blob.Digest, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Directory_in_which_a_restore_began_and_did_not_end_is_not_started_on()
    {
        await using var other = await TestDatabase.StartEmptyAsync();
        await File.WriteAllTextAsync(Path.Combine(other.Directory, "restoring"), _backup, Stop);

        (await Should.ThrowAsync<InvalidOperationException>(() => other.Get<DatabaseStart>().RunAsync(Stop))).Message.ShouldContain("did not end");
        File.Delete(Path.Combine(other.Directory, "restoring"));
        await other.Get<DatabaseStart>().RunAsync(Stop);
    }

    private Task<IReadOnlyList<string>> BackUp(Action<string> line) => _database.Get<BackupService>().RunAsync(_backup, line, Stop);

    /// <summary>Puts that into the file, or takes it away; afterwards it is as it was.</summary>
    private async Task RefusedAsync(string file, string? content, TestDatabase other, string why)
    {
        var whole = await File.ReadAllBytesAsync(file, Stop);
        if (content is null) File.Delete(file);
        else await File.WriteAllTextAsync(file, content, Stop);
        var refused = await Should.ThrowAsync<RefusedException>(() => other.Get<RestoreService>().RunAsync(_backup, _ => { }, Stop));
        refused.Message.ShouldContain(why);
        refused.Message.ShouldContain(Path.GetRelativePath(_backup, file).Replace('\\', '/'));
        Directory.EnumerateFiles(other.Directory, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await File.WriteAllBytesAsync(file, whole, Stop);
    }

    private async Task<int> WriteAsync(CancellationToken end)
    {
        var written = 0;
        var agent = Guid.NewGuid();
        while (!end.IsCancellationRequested)
        {
            var blob = await _database.Get<BlobStore>().PutAsync(Encoding.UTF8.GetBytes($"blob {written}"), Stop);
            await using var db = _database.Open();
            Ledger.Append(db, Olga, "blob.put", blob.Digest);
            db.Decisions.Add(new()
            {
                Id = Ids.New(TimeProvider.System),
                AgentId = agent,
                At = TimeProvider.System.GetUtcNow(),
                ModelVersion = 1,
                Variant = "production",
                PlanRevision = 1,
                LatencyMicroseconds = 10,
                Payload = "{\"inputs\":{},\"scores\":{}}",
            });
            await db.SaveChangesAsync(Stop);
            written++;
        }

        return written;
    }

    private async Task AppendAsync(int count)
    {
        await using var db = _database.Open();
        for (var i = 0; i < count; i++) Ledger.Append(db, Olga, "test.done", $"test/{i}");
        await db.SaveChangesAsync();
    }
}
