using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Audit;

public sealed class LedgerTests
{
    [Fact]
    public async Task Ledger_under_16_concurrent_writers_is_one_gapless_chain()
    {
        await using var database = await TestDatabase.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await using var db = database.Open();
                Ledger.Append(db, Actor.System, "test.appended", $"writer/{writer}", new { i });
                await db.SaveChangesAsync();
            }
        })));

        await using var read = database.Open();
        var entries = await read.LedgerEntries.OrderBy(e => e.Sequence).ToListAsync();
        entries.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 160).Select(i => (long)i));
        for (var i = 1; i < entries.Count; i++) entries[i].PreviousHash.ShouldBe(entries[i - 1].Hash);
    }

    [Theory]
    [InlineData("UPDATE \"LedgerEntries\" SET \"Actor\" = 'x'")]
    [InlineData("DELETE FROM \"LedgerEntries\"")]
    [InlineData(null)]
    public async Task Ledger_refuses_to_be_rewritten_by_sql(string? sql)
    {
        await using var database = await TestDatabase.StartAsync();
        await using var db = database.Open();
        Ledger.Append(db, Actor.System, "test.appended", "test/1");
        await db.SaveChangesAsync();

        // What no trigger on update and delete hears of.
        sql ??= TestStore.IsPostgreSql ? "TRUNCATE \"LedgerEntries\"" : "REPLACE INTO \"LedgerEntries\" SELECT * FROM \"LedgerEntries\"";
        (await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(sql)))
            .Message.ShouldContain("append-only");
    }
}
