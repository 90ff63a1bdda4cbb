using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Authenticates <c>Authorization: Bearer KEY</c>, from memory.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccountDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    // Browsers cannot set a header on a WebSocket; SignalR's clients send the key as access_token there.
    private static readonly PathString Hubs = "/hubs";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented() is not { } key) return AuthenticateResult.NoResult();
        if (await directory.FindKeyAsync(key, Context.RequestAborted) is not { } grant) return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        Context.Features.Set(grant);
        return AuthenticateResult.Success(new(KeyPrincipals.Of(grant), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private string? Presented()
    {
        if (Request.Headers.Authorization is [{ } header])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        return Request.Path.StartsWithSegments(Hubs) ? Request.Query["access_token"] : (string?)null;
    }
}
