using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Audit;

public sealed class AuditEndpointsTests
{
    [Fact]
    public async Task Audit_lists_filters_verifies_and_proves()
    {
        await using var portal = await PortalApp.StartAsync();
        var auditor = portal.As("olga", Role.Auditor);
        portal.As("ada", Role.Engineer);

        var page = await (await auditor.GetAsync("/api/v1/audit?pageSize=2")).ShouldBeJsonAsync(HttpStatusCode.OK);
        page.GetProperty("items").GetArrayLength().ShouldBe(2);
        var newest = page.GetProperty("items")[0];
        newest.GetProperty("action").GetString().ShouldBe("key.created");
        newest.GetProperty("at").GetString()!.ShouldEndWith("Z");
        newest.GetProperty("detail").GetProperty("person").GetString().ShouldBe("ada");
        var next = await (await auditor.GetAsync($"/api/v1/audit?pageSize=2&pageToken={page.GetProperty("nextPageToken").GetString()}")).ShouldBeJsonAsync(HttpStatusCode.OK);
        next.GetProperty("items")[0].GetProperty("sequence").GetInt64().ShouldBe(newest.GetProperty("sequence").GetInt64() - 2);

        var people = await (await auditor.GetAsync("/api/v1/audit?subject=person/*&actor=stage")).ShouldBeJsonAsync(HttpStatusCode.OK);
        people.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("subject").GetString()).ShouldBe(["person/ada", "person/olga"]);
        (await (await auditor.GetAsync("/api/v1/audit?to=2020-01-01T00:00:00Z")).ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("items").GetArrayLength().ShouldBe(0);

        var made = await (await auditor.PostAsync("/api/v1/audit/checkpoints", null)).ShouldBeJsonAsync(HttpStatusCode.Created);
        var verified = await (await auditor.GetAsync("/api/v1/audit/verify")).ShouldBeJsonAsync(HttpStatusCode.OK);
        verified.GetProperty("valid").GetBoolean().ShouldBeTrue();
        verified.GetProperty("checkpoint").GetProperty("size").GetInt64().ShouldBe(made.GetProperty("size").GetInt64());
        verified.TryGetProperty("firstBroken", out _).ShouldBeFalse();
        var proof = await (await auditor.GetAsync("/api/v1/audit/1")).ShouldBeJsonAsync(HttpStatusCode.OK);
        proof.GetProperty("holds").GetBoolean().ShouldBeTrue();
        var checkpoints = await (await auditor.GetAsync("/api/v1/audit/checkpoints")).ShouldBeJsonAsync(HttpStatusCode.OK);
        checkpoints.GetProperty("verifierKey").GetString()!.ShouldStartWith("nexus-portal/ledger+");
    }

    [Fact]
    public async Task Entry_rewritten_behind_the_portal_is_named_and_blocks_nothing()
    {
        await using var portal = await PortalApp.StartAsync();
        var auditor = portal.As("olga", Role.Auditor);
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(portal.Directory, "nexus.db")}"))
        {
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = """DROP TRIGGER "LedgerEntries_no_update"; UPDATE LedgerEntries SET Actor = 'mallory' WHERE Sequence = 2;""";
            await command.ExecuteNonQueryAsync();
        }

        var found = await (await auditor.GetAsync("/api/v1/audit/verify")).ShouldBeJsonAsync(HttpStatusCode.OK);

        found.GetProperty("valid").GetBoolean().ShouldBeFalse();
        found.GetProperty("firstBroken").GetProperty("sequence").GetInt64().ShouldBe(2);
        await (await auditor.PostAsync("/api/v1/audit/checkpoints", null)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await portal.As("root", Role.Admin).PostAsJsonAsync("/api/v1/people", new { userName = "new", displayName = "New", roles = new[] { "Viewer" } })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Clean_stop_leaves_one_file_and_a_checkpoint_over_all()
    {
        var portal = await PortalApp.StartAsync();
        portal.As("ada", Role.Engineer);

        await portal.StopAsync();
        var wal = new FileInfo(Path.Combine(portal.Directory, "nexus.db-wal"));
        var last = Directory.GetFiles(Path.Combine(portal.Directory, "checkpoints"), "*.checkpoint").Order().Last();
        var size = long.Parse(Path.GetFileNameWithoutExtension(last));
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(portal.Directory, "nexus.db")};Mode=ReadOnly;Pooling=False"))
        {
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = "SELECT MAX(Sequence) FROM LedgerEntries";
            ((long)(await command.ExecuteScalarAsync())!).ShouldBe(size);
        }

        (!wal.Exists || wal.Length == 0).ShouldBeTrue();
        await portal.DisposeAsync();
    }
}
