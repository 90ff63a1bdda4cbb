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
    private static readonly PathString Circuit = "/_blazor";

    public Task InvokeAsync(HttpContext http) =>
        Guards(http) && !IsOurs(http.Request)
            ? throw Refused.Malformed("A request with a session's cookie comes from a page of this portal. Programs use an API key.")
            : next(http);

    private static bool Guards(HttpContext http) =>
        (http.Request.Headers.Upgrade.Count > 0 || !IsRead(http.Request.Method)) // a socket is opened by GET, and asks for no leave of the browser's
        && http.Request.Headers.Authorization.Count == 0
        && http.Request.Cookies.ContainsKey(CookieSessions.CookieName)
        && (ProgramPaths.Match(http.Request.Path) || http.Request.Path.StartsWithSegments(SignOut) || http.Request.Path.StartsWithSegments(Circuit));

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site]
        ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
