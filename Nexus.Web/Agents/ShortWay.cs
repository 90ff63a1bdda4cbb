using System.Runtime.ExceptionServices;
using Nexus.Data.Identity;
using Nexus.Inference.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Agents;

/// <summary>
/// The short way of <c>decide</c> and <c>infer</c>, which programs call by the thousand a second: a plain call by a key that is
/// known, has the role and is within its limit is answered here, before anything else. Any other goes the way of all requests, and
/// is answered or refused there: here nobody is refused, so that the rules are told in one place. What fails here goes that way
/// too, and <see cref="Fail"/> throws it there, within what words all failures.
/// </summary>
internal sealed class ShortWay(RequestDelegate next, AccountDirectory directory, RequestLimits limits, DecisionService decisions, TimeProvider time)
{
    /// <summary>What the calls' own endpoints ask for.</summary>
    public const Role Asked = Role.Engineer;

    public Task InvokeAsync(HttpContext http)
    {
        if (ConnectionMemory.Of(http) is not { } memory || ShortRoute.Of(http, memory) is not { } route || !Allows(http, memory)) return next(http);
        return AnswerAsync(http, route);
    }

    /// <summary>Where the usual way would have answered.</summary>
    public static Task Fail(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<Failure>() is { } failure) failure.Exception.Throw();
        return next(http);
    }

    /// <summary>What the short way was on when it failed; it tells of the request itself. Null for any other request.</summary>
    public static ShortRoute? FailedOn(HttpContext http) => http.Features.Get<Failure>()?.Route;

    private async Task AnswerAsync(HttpContext http, ShortRoute route)
    {
        var started = time.GetTimestamp();
        using var activity = RequestTelemetry.Start(http, asked: false);
        SecurityHeaders.AddForPrograms(http.Response.Headers);
        try
        {
            await (route.Infers
                ? OipInference.InferAsync(http, route.Agent, null, decisions, started)
                : DecideEndpoint.DecideAsync(http, route.Agent, decisions, started));
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            http.Features.Set(new Failure(route, ExceptionDispatchInfo.Capture(e)));
            await next(http);
        }

        RequestTelemetry.Tell(http, route.Pattern, activity, time.GetElapsedTime(started));
    }

    private bool Allows(HttpContext http, ConnectionMemory memory)
    {
        if (http.Request.Headers.Authorization is not [{ } header]) return false;
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

    private sealed record Failure(ShortRoute Route, ExceptionDispatchInfo Exception);
}
