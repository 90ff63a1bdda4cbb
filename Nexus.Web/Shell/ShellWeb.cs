using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;
using Nexus.Data;
using Nexus.Data.Storage;
using Nexus.Web.Identity;

namespace Nexus.Web.Shell;

/// <summary>What all areas stand in: components, errors, health, start and end.</summary>
internal static class ShellWeb
{
    public static IServiceCollection AddShellWeb(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(mud => mud.SnackbarConfiguration = new() { PositionClass = Defaults.Classes.Position.BottomRight, PreventDuplicates = true, VisibleStateDuration = 6000, HideTransitionDuration = 120, ShowTransitionDuration = 120 });
        services.AddScoped<PageClock>();
        services.AddScoped<Notices>();
        services.AddScoped<Places>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = RefusalHandler.Complete);
        services.AddExceptionHandler<RefusalHandler>();
        services.AddOpenApi("v1");
        services.AddSignalR();
        services.AddHealthChecks().AddDbContextCheck<NexusDb>("database", tags: ["ready"]);
        services.AddDataProtection();
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<IOptions<NexusOptions>, ILoggerFactory>((keys, nexus, log) => keys.XmlRepository =
                new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                    Directory.CreateDirectory(nexus.Value.PathOf("keys")), log));
        return services;
    }

    public static void UseShell(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePagesWithReExecute("/not-here"); // for people; programs have had their problem by then
        app.UseWhen(http => ProgramPaths.Match(http.Request.Path), programs => programs.UseStatusCodePages());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().Add(OpenCircuitToSignedIn);
        app.MapOpenApi().RequireAuthorization(Policies.Viewer);
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
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
