using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Nexus.Web.Shell;

namespace Nexus.Web.Identity;

/// <summary>
/// The scheme <c>Authorization: Bearer KEY</c>: where a key stands, and how a program without a good one is told.
/// <see cref="KeyedAuthentication"/> knows the keys.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    // Browsers cannot set a header on a WebSocket; SignalR's clients send the key as access_token there.
    private static readonly PathString Hubs = "/hubs";

    public static string? Presented(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        return request.Path.StartsWithSegments(Hubs) ? request.Query["access_token"] : (string?)null;
    }

    /// <summary>Asked only where no key is presented.</summary>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(StatusCodes.Status403Forbidden);

    /// <summary>Whoever presents a key is a program, at a page's address too.</summary>
    private async Task RefuseAsync(int status)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(Context, new ProblemDetails { Status = status });
    }
}
