using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>A portal is backed up in the middle of its work, and its copy starts elsewhere.</summary>
[Trait("Length", "Long")]
public sealed class BackupTests
{
    [Fact]
    public Task Backup_under_load_holds_all_that_was_acknowledged_before_it() => DrillAsync(_ => new());

    [Fact]
    public async Task Backup_of_PostgreSql_under_load_holds_all_that_was_acknowledged_before_it()
    {
        var names = new[] { $"nexus_{Guid.NewGuid():N}", $"nexus_{Guid.NewGuid():N}" };
        var connections = new[] { await PostgreSqlServer.CreateAsync(names[0]), await PostgreSqlServer.CreateAsync(names[1]) };
        await DrillAsync(portal => new() { ["Nexus__Database__Provider"] = "PostgreSql", ["ConnectionStrings__Nexus"] = connections[portal] });
        foreach (var name in names) await PostgreSqlServer.DropAsync(name);
    }

    private static async Task DrillAsync(Func<int, Dictionary<string, string>> settings)
    {
        var backup = Path.Combine(Path.GetTempPath(), $"nexus-e2e-backup-{Guid.NewGuid():N}");
        await using var portal = await PortalProcess.StartAsync("Production", settings(0));
        await Stories.ServeSmallModelAsync(portal);
        var load = new Load(portal);
        using var stop = new CancellationTokenSource();
        var working = load.RunAsync(0, stop.Token);
        await load.UntilWarmAsync();

        Load? before = null;
        await using var copy = await PortalProcess.StartAsync("Production", settings(1), async copy =>
        {
            before = load.AcknowledgedBy(copy);
            (await portal.RunAsync("backup", backup)).ShouldSatisfyAllConditions(b => b.Code.ShouldBe(0, b.Output), b => b.Output.ShouldContain("database: "));
            (await portal.RunAsync("backup", backup)).ShouldSatisfyAllConditions(b => b.Code.ShouldBe(3, b.Output), b => b.Output.ShouldContain("is not empty"));
            await stop.CancelAsync();
            await working;
            (await copy.RunAsync("restore", backup)).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(0, r.Output), r => r.Output.ShouldContain("the ledger verifies"));
        });

        await before!.VerifyAsync();
        await load.VerifyAsync();
        (await portal.RunAsync("backup")).Code.ShouldBe(2);
        Directory.Delete(backup, recursive: true);
    }
}
