using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The same portal on a server's database, which it brings up to the model itself.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Portal_on_PostgreSql_loses_and_doubles_nothing_when_it_is_killed()
    {
        var name = $"nexus_{Guid.NewGuid():N}";
        var connection = await PostgreSqlServer.CreateAsync(name);
        var settings = new Dictionary<string, string> { ["Nexus__Database__Provider"] = "PostgreSql", ["ConnectionStrings__Nexus"] = connection };

        // A run, an approval, decisions, feedback: acknowledged before the kill, looked for after it, with the whole ledger.
        await using (var portal = await PortalProcess.StartAsync("Production", settings))
        {
            await KillTests.DrillAsync(portal, kills: 2, seed: 5);
            File.Exists(Path.Combine(portal.DataDirectory, "nexus.db")).ShouldBeFalse();
            await portal.StopAsync();
        }

        await PostgreSqlServer.DropAsync(name);
    }
}
