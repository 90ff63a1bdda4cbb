using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal static class IdentityWeb
{
    private const string EitherScheme = "Nexus";

    public static IServiceCollection AddIdentityWeb(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => Actors.From(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.User));
        services.AddScoped<CurrentActor>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization(Policies.Add);
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, scheme => scheme.ForwardDefaultSelector = http =>
                http.Request.Headers.ContainsKey("Authorization") ? ApiKeyHandler.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Cookie));
        services.AddIdentityCore<Person>(identity =>
            {
                identity.Password = new() { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
                identity.Lockout = new() { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5) };
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<NexusDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        return services;
    }

    public static void MapIdentity(this RouteGroupBuilder api)
    {
    }

    private static void Cookie(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions cookie)
    {
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.Cookie.Name = "nexus";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);

        // Programs get a status, people a page.
        static Task Redirect(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
        {
            if (ProgramPaths.Match(context.Request.Path)) context.Response.StatusCode = status;
            else context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }
    }
}
