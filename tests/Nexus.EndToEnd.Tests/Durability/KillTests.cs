using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed in the middle of everything, again and again: what was acknowledged is there, once.</summary>
public sealed class KillTests
{
    [Fact]
    public Task Kill_at_random_moments_loses_and_doubles_nothing() => DrillAsync(kills: 3, seed: 11);

    [Fact]
    [Trait("Length", "Long")]
    public Task Kill_at_many_random_moments_loses_and_doubles_nothing() => DrillAsync(kills: 10, seed: 23);

    private static async Task DrillAsync(int kills, int seed)
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        await Stories.ServeSmallModelAsync(portal);
        var random = new Random(seed);
        var load = new Load(portal);
        for (var kill = 0; kill < kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var working = load.RunAsync(kill, stop.Token);
            await Task.Delay(random.Next(400, 2500));
            await portal.KillAsync();
            await stop.CancelAsync();
            await working;
            await portal.StartAgainAsync();
        }

        await load.VerifyAsync();
    }
}
