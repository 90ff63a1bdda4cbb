using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Platform;

/// <summary>Refuses by 429 who asks too often: known callers by their key or name, unknown ones by their address.</summary>
internal sealed class RequestLimit(RequestDelegate next, RequestLimits limits, IProblemDetailsService problems)
{
    private static readonly PathString[] Guessed = ["/sign-in", "/set-up"];

    public Task InvokeAsync(HttpContext http) => Allows(http) ? next(http) : RefuseAsync(http);

    private bool Allows(HttpContext http)
    {
        if (http.Features.Get<KeyGrant>() is { } grant) return limits.Allows(grant.Caller);
        if (http.User.Identity is { IsAuthenticated: true, Name: { } name }) return limits.Allows(name);
        if (http.Features.Get<GuessedKey>() is { } guess) return !guess.Refused;
        return !IsGuess(http) || limits.AllowsGuess(ClientNetwork.Of(http.Connection.RemoteIpAddress));
    }

    private static bool IsGuess(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 // and yet nobody
        || (HttpMethods.IsPost(http.Request.Method) && Guessed.Any(path => http.Request.Path.StartsWithSegments(path)));

    private async Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        await problems.WriteAsync(http, new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Detail = "Too many requests. Wait a little, then go on more slowly." });
    }
}
