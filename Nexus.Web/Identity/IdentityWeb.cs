using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

internal static class IdentityWeb
{
    public const string EitherScheme = "Nexus";

    public static IServiceCollection AddIdentityWeb(this IServiceCollection services)
    {
        services.AddSingleton<IHttpContextAccessor, RequestAccessor>();
        services.AddScoped(provider => Actors.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddScoped<CurrentActor>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization(Policies.Add);
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, scheme => scheme.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(CookieSessions.Configure));
        services.AddScoped<IAuthenticationService, KeyedAuthentication>();
        services.AddIdentityCore<Person>(identity => identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+")
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<NexusDb>()
            .AddSignInManager();
        services.AddSingleton<SignInGuard>().AddSingleton<KnownBrowsers>().AddScoped<SignInDesk>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddHostedService<AccountsStart>();
        return services;
    }

    public static void MapIdentity(this RouteGroupBuilder api)
    {
        api.MapPeople();
        api.MapKeys();
    }

    /// <summary>A key where one is presented, and for programs that present nothing; else the cookie.</summary>
    private static string SchemeOf(HttpContext http) =>
        http.Request.Headers.ContainsKey("Authorization") || http.Request.Query.ContainsKey("access_token") ? ApiKeyHandler.SchemeName
        : ProgramPaths.Match(http.Request.Path) && !http.Request.Cookies.ContainsKey(CookieSessions.CookieName) ? ApiKeyHandler.SchemeName
        : IdentityConstants.ApplicationScheme;
}
