using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Nodes;

namespace Nexus.Web.Nodes;

internal static class NodeWeb
{
    /// <summary>The endpoint is served by nodes of that role instead of the web nodes.</summary>
    public static TBuilder ServedBy<TBuilder>(this TBuilder endpoint, string role)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ServedBy(role));

    /// <summary>The endpoint is served by every node.</summary>
    public static TBuilder ServedByAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ServedBy(Role: null));

    /// <summary>After routing. A node that does everything asks nothing.</summary>
    public static void UseNodeRoles(this WebApplication app)
    {
        var nexus = app.Services.GetRequiredService<IOptions<NexusOptions>>().Value;
        if (!NodeRole.All.All(nexus.Does)) app.UseMiddleware<RoleGate>();
    }
}
