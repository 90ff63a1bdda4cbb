using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Health;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;

namespace Nexus.Web.Platform;

/// <summary>
/// Refuses changes at once while the database is known to be away: each would hold a thread or a connection until it gave up, and
/// take them from those who need no database. Decisions go on; reads try.
/// </summary>
internal sealed class OutageGate(RequestDelegate next, SystemHealth health)
{
    public Task InvokeAsync(HttpContext http) => Applies(http) && health.Find(SystemHealth.Database) is not null ? throw Refused.Unavailable(Outage.NoDatabase) : next(http);

    private static bool Applies(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method)
        && ProgramPaths.Match(http.Request.Path)
        && http.GetEndpoint()?.Metadata.GetMetadata<ServedBy>()?.Role != NodeRole.Inference;
}
