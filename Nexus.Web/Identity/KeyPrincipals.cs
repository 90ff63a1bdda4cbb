using System.Runtime.CompilerServices;
using System.Security.Claims;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>The principal of a key's requests: made once for each grant, not for each request.</summary>
internal static class KeyPrincipals
{
    private static readonly ConditionalWeakTable<KeyGrant, ClaimsPrincipal> Made = [];

    public static ClaimsPrincipal Of(KeyGrant grant) => Made.GetValue(grant, static g =>
    {
        var identity = new ClaimsIdentity(ApiKeyHandler.SchemeName, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new(ClaimTypes.Name, g.Actor.Name));
        identity.AddClaims(g.Actor.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        if (g.Actor.KeyMadeBy is { } maker) identity.AddClaim(new(Actors.KeyMadeByClaim, maker));
        return new(identity);
    });
}
