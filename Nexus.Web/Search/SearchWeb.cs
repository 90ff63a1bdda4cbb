using Nexus.Web.Agents;
using Nexus.Web.Audit;
using Nexus.Web.Datasets;
using Nexus.Web.Governance;
using Nexus.Web.Identity;
using Nexus.Web.Pipelines;
using Nexus.Web.Registry;
using Nexus.Web.Samples;
using Nexus.Web.Shell;

namespace Nexus.Web.Search;

internal static class SearchWeb
{
    /// <summary>What the palette offers, area by area, in the order in which equal ones stand.</summary>
    public static IServiceCollection AddSearchWeb(this IServiceCollection services) => services
        .AddScoped<IPaletteSource, PlaceSource>()
        .AddScoped<IPaletteSource, PipelinePalette>()
        .AddScoped<IPaletteSource, RegistryPalette>()
        .AddScoped<IPaletteSource, DatasetPalette>()
        .AddScoped<IPaletteSource, AgentPalette>()
        .AddScoped<IPaletteSource, ApprovalPalette>()
        .AddScoped<IPaletteSource, AuditPalette>()
        .AddScoped<IPaletteSource, IdentityPalette>()
        .AddScoped<IPaletteSource, SamplePalette>();

    public static void MapSearch(this RouteGroupBuilder api) => api.MapSearchEndpoints();
}
