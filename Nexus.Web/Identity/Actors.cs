using System.Security.Claims;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>From the principal of a request or circuit to who acts.</summary>
internal static class Actors
{
    /// <summary>The claim that a key's request carries: who made the key.</summary>
    public const string KeyMadeByClaim = "nexus:key-made-by";

    public static Actor Of(HttpContext? http) => http?.Features.Get<KeyGrant>()?.Actor ?? From(http?.User ?? new());

    public static Actor From(ClaimsPrincipal principal) => new(
        principal.Identity?.Name ?? "anonymous",
        principal.FindAll(ClaimTypes.Role).Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null).OfType<Role>().ToHashSet(),
        principal.FindFirstValue(KeyMadeByClaim));
}
