namespace Nexus.Web.Sweeps;

internal static class SweepWeb
{
    public static IServiceCollection AddSweepWeb(this IServiceCollection services) => services;

    public static void MapSweeps(this RouteGroupBuilder api)
    {
    }
}
