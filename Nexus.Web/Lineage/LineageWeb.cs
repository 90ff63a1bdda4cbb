namespace Nexus.Web.Lineage;

internal static class LineageWeb
{
    public static IServiceCollection AddLineageWeb(this IServiceCollection services) => services;

    public static void MapLineage(this RouteGroupBuilder api) => api.MapLineageEndpoints();
}
