using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>
/// The sign-in cookie. Each request holds it against the account as it is now: roles given or taken count at the next
/// request, and a changed password or a disabled account ends the session.
/// </summary>
internal static class CookieSessions
{
    public const string CookieName = "nexus";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.HttpOnly = true;

        // Plain HTTP is served as given; over HTTPS the cookie stays there.
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>The principal with the roles of now; null where the session is over.</summary>
    public static async ValueTask<ClaimsPrincipal?> RenewAsync(ClaimsPrincipal principal, AccountDirectory directory, IdentityOptions identity, CancellationToken ct)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        var stamp = principal.FindFirstValue(identity.ClaimsIdentity.SecurityStampClaimType);
        if (await directory.FindAccountAsync(id, ct) is not { Disabled: false } account || account.Stamp != stamp) return null;
        var renewed = new ClaimsIdentity(
            principal.Claims.Where(c => c.Type != ClaimTypes.Role), IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        renewed.AddClaims(account.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        return new(renewed);
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var identity = services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        var directory = services.GetRequiredService<AccountDirectory>();
        if (await RenewAsync(context.Principal!, directory, identity, context.HttpContext.RequestAborted) is { } renewed)
        {
            context.ReplacePrincipal(renewed);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Programs get a status, people a page.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ProgramPaths.Match(context.Request.Path)) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
