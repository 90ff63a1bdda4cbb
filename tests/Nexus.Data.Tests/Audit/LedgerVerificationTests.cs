using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Audit;

/// <summary>What somebody with the database in their hands may try, and what verification says of it.</summary>
public sealed class LedgerVerificationTests : IAsyncLifetime
{
    private static readonly Actor Auditor = new("olga", new HashSet<Role> { Role.Auditor });
    private TestDatabase _database = null!;

    private string DatabaseFile => Path.Combine(_database.Directory, "nexus.db");

    private AuditService Audit => _database.Get<AuditService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync();
        await AppendAsync(70);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Whole_ledger_is_valid_and_says_where_it_ends()
    {
        var found = await Audit.VerifyAsync(Auditor, CancellationToken.None);

        found.Valid.ShouldBeTrue();
        found.Entries.ShouldBe(70);
        found.FirstBroken.ShouldBeNull();
        await using var db = _database.Open();
        found.Head.ShouldBe(Convert.ToHexStringLower((await db.LedgerEntries.SingleAsync(e => e.Sequence == 70)).Hash));
        _database.Get<LedgerHealth>().State.Verified.ShouldBe(70);
    }

    [Fact]
    public async Task Checkpoint_is_made_on_request_and_every_64_entries_in_database_and_file()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        await AppendAsync(130);
        await _database.Get<LedgerAuditor>().FollowAsync(CancellationToken.None);

        var kept = await Audit.CheckpointsAsync(new(), Auditor, CancellationToken.None);
        kept.Items.Select(c => c.Size).Order().ShouldBe([70L, 128, 192]);
        foreach (var checkpoint in kept.Items)
        {
            (await File.ReadAllTextAsync(Path.Combine(_database.Directory, "checkpoints", $"{checkpoint.Size:D12}.checkpoint"))).ShouldBe(checkpoint.Text);
        }

        var (again, made) = await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        (again.Size, made).ShouldBe((200L, true));
        (await Audit.CheckpointAsync(Auditor, CancellationToken.None)).Made.ShouldBeFalse();
        (await Audit.VerifyAsync(Auditor, CancellationToken.None)).Valid.ShouldBeTrue();
    }

    [Fact]
    public async Task Deleted_tail_is_named()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        await TamperAsync("""DELETE FROM "LedgerEntries" WHERE "Sequence" = 70""");

        await BrokenAtAsync(70, "missing");
    }

    [Fact]
    public async Task Deleted_entry_in_the_middle_is_named()
    {
        await TamperAsync("""DELETE FROM "LedgerEntries" WHERE "Sequence" = 12""");

        await BrokenAtAsync(12, "missing");
    }

    [Theory]
    [InlineData("\"Actor\" = 'mallory'")]
    [InlineData("\"Subject\" = 'model/other@1'")]
    [InlineData("\"Detail\" = '{\"i\":99}'")]
    [InlineData("\"Detail\" = 'no json'")]
    [InlineData("\"At\" = \"At\" + 1")]
    [InlineData("\"KeyMadeBy\" = 'eve'")]
    [InlineData("\"Canonical\" = \"Hash\"")]
    [InlineData("\"Hash\" = \"PreviousHash\"")]
    public async Task Rewritten_column_is_named(string change)
    {
        await TamperAsync($"UPDATE \"LedgerEntries\" SET {change} WHERE \"Sequence\" = 33");

        await BrokenAtAsync(33, null);
    }

    [Fact]
    public async Task Swapped_entries_are_named()
    {
        await TamperAsync("""
            UPDATE "LedgerEntries" SET "Sequence" = -1 WHERE "Sequence" = 20;
            UPDATE "LedgerEntries" SET "Sequence" = 20 WHERE "Sequence" = 21;
            UPDATE "LedgerEntries" SET "Sequence" = 21 WHERE "Sequence" = -1;
            """);

        await BrokenAtAsync(20, null);
    }

    [Fact]
    public async Task Ledger_rewritten_whole_is_named_at_the_first_other_entry()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        await RewriteFromAsync(41);

        await BrokenAtAsync(41, "rewritten");
    }

    [Fact]
    public async Task Ledger_rewritten_whole_is_named_by_a_checkpoint_where_the_hashes_are_gone_too()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        File.Delete(Path.Combine(_database.Directory, "checkpoints", "leaves"));
        await RewriteFromAsync(41);

        await BrokenAtAsync(1, "checkpoint over 70");
    }

    [Fact]
    public async Task Database_of_yesterday_is_named_by_what_lies_beside_it()
    {
        await KeepAsync();
        await AppendAsync(30);
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);

        await RestoreAsync();

        await BrokenAtAsync(71, "that long");
    }

    [Fact]
    public async Task Forged_checkpoint_is_named()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);
        var path = Path.Combine(_database.Directory, "checkpoints", $"{70:D12}.checkpoint");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\n70\n", "\n71\n", StringComparison.Ordinal));

        await BrokenAtAsync(70, "not signed");
    }

    [Fact]
    public async Task Broken_ledger_gets_no_checkpoint_and_blocks_nothing()
    {
        await TamperAsync("""UPDATE "LedgerEntries" SET "Actor" = 'mallory' WHERE "Sequence" = 5""");
        await Audit.VerifyAsync(Auditor, CancellationToken.None);

        (await Should.ThrowAsync<RefusedException>(() => Audit.CheckpointAsync(Auditor, CancellationToken.None))).Kind.ShouldBe(RefusalKind.Conflict);
        await AppendAsync(1);
        (await Audit.ListAsync(new(), new(), Auditor, CancellationToken.None)).Items[0].Sequence.ShouldBe(71);
        _database.Get<LedgerHealth>().State.Broken.ShouldNotBeNull().Sequence.ShouldBe(5);
    }

    [Fact]
    public async Task Entry_is_proved_under_a_checkpoint()
    {
        await Audit.CheckpointAsync(Auditor, CancellationToken.None);

        var proof = await Audit.ProveAsync(42, Auditor, CancellationToken.None);

        proof.Holds.ShouldBeTrue();
        proof.Checkpoint.ShouldNotBeNull().Size.ShouldBe(70);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof.Canonical))).ShouldBe(proof.Entry.Hash);
    }

    private async Task BrokenAtAsync(long sequence, string? reason)
    {
        var found = await Audit.VerifyAsync(Auditor, CancellationToken.None);
        found.Valid.ShouldBeFalse();
        var broken = found.FirstBroken.ShouldNotBeNull();
        broken.Sequence.ShouldBe(sequence, broken.Reason);
        if (reason is not null) broken.Reason.ShouldContain(reason);
    }

    private async Task AppendAsync(int count)
    {
        await using var db = _database.Open();
        for (var i = 0; i < count; i++) Ledger.Append(db, Auditor, "test.appended", $"test/{i}", new { i });
        await db.SaveChangesAsync();
    }

    /// <summary>As who owns the database can: without the triggers.</summary>
    private async Task TamperAsync(string sql)
    {
        await using var db = _database.Open();
        await db.Database.ExecuteSqlRawAsync(TestStore.IsPostgreSql
            ? """ALTER TABLE "LedgerEntries" DISABLE TRIGGER USER;"""
            : """DROP TRIGGER "LedgerEntries_no_update"; DROP TRIGGER "LedgerEntries_no_delete";""");
        await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    private async Task KeepAsync()
    {
        if (TestStore.IsPostgreSql) return;
        await _database.Get<DatabaseStart>().CheckpointAsync(CancellationToken.None);
        File.Copy(DatabaseFile, DatabaseFile + ".yesterday");
    }

    /// <summary>The file as it was kept; on a server, the rows that there were.</summary>
    private async Task RestoreAsync()
    {
        if (TestStore.IsPostgreSql)
        {
            await TamperAsync("""DELETE FROM "LedgerEntries" WHERE "Sequence" > 70; DELETE FROM "LedgerCheckpoints";""");
            return;
        }

        await _database.Get<DatabaseStart>().CheckpointAsync(CancellationToken.None);
        File.Copy(DatabaseFile + ".yesterday", DatabaseFile, overwrite: true);
    }

    /// <summary>Another truth from one entry on, chained without a flaw.</summary>
    private async Task RewriteFromAsync(long first)
    {
        await TamperAsync("SELECT 1");
        await using var db = _database.Open();
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.Sequence >= first - 1).OrderBy(e => e.Sequence).ToListAsync();
        var previous = entries[0].Hash;
        foreach (var entry in entries.Skip(1))
        {
            var node = JsonNode.Parse(entry.Canonical)!.AsObject();
            node["actor"] = "mallory";
            node["previous"] = Convert.ToHexStringLower(previous);
            var canonical = Encoding.UTF8.GetBytes(CanonicalJson.Write(node));
            var (before, hash) = (previous, previous = SHA256.HashData(canonical));
            await db.Database.ExecuteSqlAsync($"""
                UPDATE "LedgerEntries" SET "Actor" = 'mallory', "PreviousHash" = {before}, "Canonical" = {canonical}, "Hash" = {hash} WHERE "Sequence" = {entry.Sequence}
                """);
        }
    }
}
