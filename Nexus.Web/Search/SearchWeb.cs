namespace Nexus.Web.Search;

internal static class SearchWeb
{
    public static IServiceCollection AddSearchWeb(this IServiceCollection services) => services;

    public static void MapSearch(this RouteGroupBuilder api) => api.MapSearchEndpoints();
}
