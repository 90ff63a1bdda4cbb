using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Nodes;

public sealed class NodeEndpointsTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Admin_reads_which_nodes_there_are()
    {
        var nodes = (await portal.As("ruth", Role.Admin).GetFromJsonAsync<JsonObject>("/api/v1/nodes"))!["items"]!.AsArray();

        var node = nodes.ShouldHaveSingleItem()!;
        node["state"]!.GetValue<string>().ShouldBe("Up");
        node["answering"]!.GetValue<bool>().ShouldBeTrue();
        node["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["web", "jobs", "inference"]);
        node["name"]!.GetValue<string>().ShouldBe(Environment.MachineName);
        node["lastSeenAt"]!.GetValue<string>().ShouldEndWith("Z");
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        await (await portal.As("vera", Role.Viewer, Role.Engineer, Role.Auditor).GetAsync("/api/v1/nodes")).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await (await portal.Anonymous().GetAsync("/api/v1/nodes")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
    }
}
