using Microsoft.AspNetCore.Authorization;
using MudBlazor;
using MudBlazor.Services;
using Nexus.Data.Storage;
using Nexus.Web.Identity;
using Nexus.Web.Shell.Home;

namespace Nexus.Web.Shell;

/// <summary>What all areas stand in: components, errors, health, start and end.</summary>
internal static class ShellWeb
{
    /// <summary>What an editor sends of a document of 1 MiB, its quotes and line ends escaped, and a little more.</summary>
    private const long MaxMessageBytes = (3 << 20) + (64 << 10);

    public static IServiceCollection AddShellWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxMessageBytes);
        services.AddMudServices(mud => mud.SnackbarConfiguration = new() { PositionClass = Defaults.Classes.Position.BottomRight, PreventDuplicates = true, VisibleStateDuration = 6000, HideTransitionDuration = 120, ShowTransitionDuration = 120 });
        services.AddScoped<PageClock>();
        services.AddScoped<Notices>();
        services.AddScoped<Downloads>();
        services.AddSingleton<HomeReader>();
        return services;
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().Add(OpenCircuitToSignedIn);
    }

    /// <summary>Pages name their roles themselves; the circuit that carries them is for whoever has any.</summary>
    private static void OpenCircuitToSignedIn(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Viewer));
    }

    /// <summary>Database first, then the hosted services and the sockets.</summary>
    public static async Task StartPortalAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync(app.Lifetime.ApplicationStopping);
        await app.StartAsync();
    }
}
