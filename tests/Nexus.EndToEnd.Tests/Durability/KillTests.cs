using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed in the middle of everything, again and again: what was acknowledged is there, once.</summary>
public sealed class KillTests
{
    [Fact]
    public Task Kill_at_random_moments_loses_and_doubles_nothing() => DrillAsync(kills: 3, seed: 11);

    [Fact]
    [Trait("Length", "Long")]
    public async Task Fifty_kills_lose_and_double_nothing() => (await DrillAsync(kills: 50, seed: 23)).ShouldBeGreaterThan(0, "no approval was acknowledged");

    [Fact]
    [Trait("Length", "Long")]
    public async Task Twenty_kills_on_PostgreSql_lose_and_double_nothing()
    {
        var name = $"nexus_{Guid.NewGuid():N}";
        var settings = new Dictionary<string, string> { ["Nexus__Database__Provider"] = "PostgreSql", ["ConnectionStrings__Nexus"] = await PostgreSqlServer.CreateAsync(name) };
        (await DrillAsync(kills: 20, seed: 31, settings)).ShouldBeGreaterThan(0, "no approval was acknowledged");
        await PostgreSqlServer.DropAsync(name);
    }

    /// <returns>How many approvals were acknowledged.</returns>
    private static async Task<int> DrillAsync(int kills, int seed, Dictionary<string, string>? settings = null)
    {
        await using var portal = await PortalProcess.StartAsync("Production", settings);
        await Stories.ServeSmallModelAsync(portal);
        var random = new Random(seed);
        var load = new Load(portal);
        for (var kill = 0; kill < kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var working = load.RunAsync(kill, stop.Token);
            await load.UntilMovingAsync();
            await Task.Delay(random.Next(400, 2500));
            await portal.KillAsync();
            await stop.CancelAsync();
            await working;
            await portal.StartAgainAsync();
        }

        await load.VerifyAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills: {load}");
        return load.Approved;
    }
}
