using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>The same portal on a server's database, which it brings up to the model itself.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Portal_on_PostgreSql_keeps_what_it_acknowledged_when_it_is_killed()
    {
        var name = $"nexus_{Guid.NewGuid():N}";
        var settings = new Dictionary<string, string> { ["Nexus__Database__Provider"] = "PostgreSql", ["ConnectionStrings__Nexus"] = await PostgreSqlServer.CreateAsync(name) };
        await using (var portal = await PortalProcess.StartAsync("Production", settings))
        {
            await Stories.ServeSmallModelAsync(portal); // a run, an approval and their entries in the ledger
            var decisions = new List<string>();
            for (var i = 0; i < 20; i++)
                decisions.Add((await portal.Http.PostJsonAsync("/api/v1/agents/small/decide", new { inputs = new { a = i / 20.0, b = 0.5 }, subject = "nul \0 here" })).Text("decisionId"));
            await portal.Http.PostJsonAsync("/api/v1/feedback", decisions.Select(id => new { decisionId = id, kind = "label", value = "yes-sir" }));

            await portal.KillAsync();
            await portal.StartAgainAsync();

            foreach (var id in decisions)
                (await portal.Http.UntilAsync($"/api/v1/decisions/{id}", d => d["feedback"]!.AsArray().Count > 0))["feedback"]!.AsArray().Count.ShouldBe(1);
            var again = (await portal.Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "train.params.iterations=10" } })).Text("id");
            await Stories.SucceedAsync(portal.Http, again);
            var ledger = await portal.Http.GetJsonAsync("/api/v1/audit/verify");
            ledger["valid"]!.GetValue<bool>().ShouldBeTrue();
            ledger["entries"]!.GetValue<long>().ShouldBeGreaterThan(8);
            File.Exists(Path.Combine(portal.DataDirectory, "nexus.db")).ShouldBeFalse();
            await portal.StopAsync();
        }

        await PostgreSqlServer.DropAsync(name);
    }
}
