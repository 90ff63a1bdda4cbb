using Nexus.Data.Identity;
using Nexus.Inference.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Agents;

/// <summary>
/// The short way of <c>decide</c> and <c>infer</c>, which programs call by the thousand a second: a plain call by a key that is
/// known, has the role and is within its limit is answered here. Any other goes the way of all requests, and is answered or
/// refused there: here nobody is refused, so that the rules are told in one place.
/// </summary>
internal sealed class ShortWay(RequestDelegate next, AccountDirectory directory, RequestLimits limits, DecisionService decisions, TimeProvider time)
{
    /// <summary>What the calls' own endpoints ask for.</summary>
    public const Role Asked = Role.Engineer;

    public Task InvokeAsync(HttpContext http)
    {
        if (ShortRoute.Of(http) is not { } route || !Allows(http)) return next(http);
        var started = time.GetTimestamp();
        return route.Infers
            ? OipInference.InferAsync(http, route.Agent, null, decisions, started)
            : DecideEndpoint.DecideAsync(http, route.Agent, decisions, started);
    }

    private bool Allows(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } header] || ConnectionMemory.Of(http) is not { } memory) return false;
        // The server gives an unchanged header as the same string, on one connection.
        var caller = memory.Caller;
        if (caller is null || !ReferenceEquals(caller.Header, header) || caller.Bucket.IsRetired || !directory.Holds(caller.Ticket))
        {
            caller = Recognize(http, header);
            if (caller is null || !directory.Holds(caller.Ticket)) return false;
            memory.Caller = caller;
        }

        return caller.Bucket.TryTake();
    }

    private KnownCaller? Recognize(HttpContext http, string header) =>
        ApiKeyHandler.Presented(http.Request) is { } key && directory.TicketOf(key) is { } ticket && ticket.Grant.Actor.Is(Asked)
            ? new(header, ticket, limits.BucketOf(ticket.Grant.Caller))
            : null;
}
