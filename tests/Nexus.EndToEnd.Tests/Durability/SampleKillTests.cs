using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The portal is killed while it makes the sample workspace, and while it removes it: the next start finishes.</summary>
public sealed class SampleKillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Killed_while_it_is_made_and_removed_the_workspace_is_whole_once_and_gone_once()
    {
        await using var portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__SampleData"] = "true", ["Nexus__Samples__Rows"] = "2000" });
        var random = new Random(5);
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(random.Next(300, 2500));
            await portal.KillAsync();
            await portal.StartAgainAsync();
        }

        await UntilAsync(portal, "Ready");
        Assert.Equal([2, 1], await NumbersAsync(portal, "/datasets/loans/versions", "version"));
        Assert.Equal(3, (await ItemsAsync(portal, "/runs")).Count);
        Assert.Equal(2, (await ItemsAsync(portal, "/approvals")).Count);
        Assert.Equal(2, (await ItemsAsync(portal, "/models/loans/versions")).Count);
        Assert.True((await GetAsync(portal, "/audit/verify")).GetProperty("valid").GetBoolean());

        var removing = portal.Http.DeleteAsync("/api/v1/samples");
        await Task.Delay(random.Next(5, 60));
        await portal.KillAsync();
        try
        {
            (await removing).Dispose();
        }
        catch (HttpRequestException)
        {
            // The answer was killed with its portal.
        }

        await portal.StartAgainAsync();
        // Killed before it had begun, nothing was acknowledged: it is asked for again.
        if ((await GetAsync(portal, "/samples")).GetProperty("state").GetString() == "Ready") (await portal.Http.DeleteAsync("/api/v1/samples")).Dispose();
        await UntilAsync(portal, "Removed");
        foreach (var list in (string[])["/runs", "/approvals", "/datasets", "/models", "/agents", "/pipelines"]) Assert.Empty(await ItemsAsync(portal, list));
    }

    private static async Task UntilAsync(PortalProcess portal, string state)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var sample = await GetAsync(portal, "/samples");
            if (sample.GetProperty("state").GetString() == state) return;
            if (limit.Elapsed > Patience) throw new TimeoutException($"{sample}\n{string.Join('\n', portal.Output.TakeLast(40))}");
            await Task.Delay(100);
        }
    }

    private static Task<JsonElement> GetAsync(PortalProcess portal, string path) => portal.Http.GetFromJsonAsync<JsonElement>("/api/v1" + path);

    private static async Task<List<JsonElement>> ItemsAsync(PortalProcess portal, string path) => [.. (await GetAsync(portal, path)).GetProperty("items").EnumerateArray()];

    private static async Task<List<int>> NumbersAsync(PortalProcess portal, string path, string property) =>
        [.. (await ItemsAsync(portal, path)).Select(i => i.GetProperty(property).GetInt32())];
}
