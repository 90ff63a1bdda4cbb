using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Identity;

/// <summary>
/// Authenticates keys, from memory: one result serves all requests of a grant, where the framework's way would make handlers,
/// tickets and a transformed principal for each. Whoever presents no key goes that way.
/// </summary>
internal sealed class KeyedAuthentication(
    IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers, IClaimsTransformation transform, IOptions<AuthenticationOptions> options,
    AccountDirectory directory, RequestLimits limits)
    : AuthenticationService(schemes, handlers, transform, options)
{
    private static readonly ConditionalWeakTable<KeyGrant, Task<AuthenticateResult>> Made = [];

    public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
    {
        if (scheme is not (null or IdentityWeb.EitherScheme or ApiKeyHandler.SchemeName) || ApiKeyHandler.Presented(context.Request) is not { } key)
            return base.AuthenticateAsync(context, scheme);
        if (!directory.Knows(key)) return LookUpAsync(context, key);
        var found = directory.FindKeyAsync(key, context.RequestAborted);
        return found.IsCompletedSuccessfully ? Result(context, found.Result) : AwaitAsync(context, found);
    }

    private static async Task<AuthenticateResult> AwaitAsync(HttpContext context, ValueTask<KeyGrant?> found) => await Result(context, await found);

    /// <summary>A key that is not in memory may be a guess: it counts as one until the database has said otherwise, and costs no look-up once there are too many.</summary>
    private async Task<AuthenticateResult> LookUpAsync(HttpContext context, string key)
    {
        if (context.Features.Get<GuessedKey>() is not null) return await Result(context, null); // asked before in this request
        var client = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        if (!limits.AllowsGuess(client))
        {
            context.Features.Set(GuessedKey.TooMany);
            return await Result(context, null);
        }

        var found = await directory.FindKeyAsync(key, context.RequestAborted);
        if (found is null) context.Features.Set(GuessedKey.Counted);
        else limits.ForgiveGuess(client);
        return await Result(context, found);
    }

    private static Task<AuthenticateResult> Result(HttpContext context, KeyGrant? grant)
    {
        if (grant is null) return Task.FromResult(AuthenticateResult.Fail("The key is unknown, expired or revoked."));
        context.Features.Set(grant);
        return Made.GetValue(grant, static g => Task.FromResult(AuthenticateResult.Success(new(PrincipalOf(g), ApiKeyHandler.SchemeName))));
    }

    private static ClaimsPrincipal PrincipalOf(KeyGrant grant)
    {
        var identity = new ClaimsIdentity(ApiKeyHandler.SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.Name, grant.Actor.Name));
        identity.AddClaims(grant.Actor.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        if (grant.Actor.KeyMadeBy is { } maker) identity.AddClaim(new(Actors.KeyMadeByClaim, maker));
        return new(identity);
    }
}
