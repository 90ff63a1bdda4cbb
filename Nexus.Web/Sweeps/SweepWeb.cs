using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

internal static class SweepWeb
{
    public static IServiceCollection AddSweepWeb(this IServiceCollection services) => services.AddScoped<IPaletteSource, SweepPalette>();

    public static void MapSweeps(this RouteGroupBuilder api)
    {
        api.MapGroup("/pipelines").WithTags("Sweeps").MapSweepStarts();
        api.MapGroup("/sweeps").WithTags("Sweeps").MapSweepStates();
    }
}
