using Nexus.Data;
using Nexus.Web.Identity;

namespace Nexus.Web.Platform;

/// <summary>
/// Antiforgery for cookies: what changes something comes from a page of this portal, as the browser itself says. Keys need
/// none, for no browser sends them by itself; forms of pages carry a token besides.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    private static readonly PathString SignOut = "/sign-out";

    public Task InvokeAsync(HttpContext http) =>
        Guards(http.Request) && !IsOurs(http.Request)
            ? throw Refused.Malformed("A request with a session's cookie comes from a page of this portal. Programs use an API key.")
            : next(http);

    private static bool Guards(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && request.Headers.Authorization.Count == 0
        && request.Cookies.ContainsKey(CookieSessions.CookieName)
        && (ProgramPaths.Match(request.Path) || request.Path.StartsWithSegments(SignOut));

    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site]
        ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
