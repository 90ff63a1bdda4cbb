using Nexus.EndToEnd.Tests.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed in the middle of everything, again and again: what was acknowledged is there, once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Kill_at_random_moments_loses_and_doubles_nothing()
    {
        await using var portal = await PortalProcess.StartAsync("Production", PastDecisions.Settings);
        await DrillAsync(kills: 3, seed: 11, portal);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Fifty_kills_lose_and_double_nothing()
    {
        await using var portal = await PortalProcess.StartAsync("Production", PastDecisions.Settings);
        await ThoroughAsync(kills: 50, seed: 23, portal);
    }

    /// <summary>One of two nodes that do everything, whichever it is; the other one goes on meanwhile.</summary>
    [Fact]
    [Trait("Length", "Long")]
    public async Task Twenty_kills_of_two_nodes_on_PostgreSql_lose_and_double_nothing()
    {
        await using var cluster = await Cluster.StartAsync(more: PastDecisions.Settings);
        await ThoroughAsync(kills: 20, seed: 31, await cluster.AddAsync("web,jobs,inference", "web,jobs,inference"));
    }

    private async Task ThoroughAsync(int kills, int seed, params PortalProcess[] nodes)
    {
        var (approved, halfway) = await DrillAsync(kills, seed, nodes);
        approved.ShouldBeGreaterThan(0, "no approval was acknowledged");
        halfway.ShouldBeGreaterThan(0, "no kill met retention at its work");
    }

    /// <returns>How many approvals were acknowledged, and after how many kills old decisions lay partly in the archive.</returns>
    private async Task<(int Approved, int Halfway)> DrillAsync(int kills, int seed, params PortalProcess[] nodes)
    {
        await Stories.ServeSmallModelAsync(nodes[0]);
        var random = new Random(seed);
        var load = new Load(nodes);
        var past = new PastDecisions(nodes[0]);
        load.Add(await past.AddAsync());
        for (var kill = 0; kill < kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var working = load.RunAsync(kill, stop.Token);
            await load.UntilMovingAsync();
            await Task.Delay(random.Next(400, 2500));
            var node = nodes[random.Next(nodes.Length)];
            await node.KillAsync();
            if (nodes.Length > 1) await load.UntilDecidingAsync();
            await stop.CancelAsync();
            await working;
            load.Add(await past.AddAsync());
            await node.StartAgainAsync();
        }

        await load.VerifyAsync();
        await past.VerifyAsync();
        output.WriteLine($"{kills} kills: {load}; {past.Halfway} met retention at its work");
        return (load.Approved, past.Halfway);
    }
}
