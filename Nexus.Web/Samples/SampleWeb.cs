namespace Nexus.Web.Samples;

internal static class SampleWeb
{
    public static IServiceCollection AddSampleWeb(this IServiceCollection services) => services.AddSingleton<Tour>().AddScoped<SampleRemovalDialog>();

    public static void MapSamples(this RouteGroupBuilder api) => api.MapSampleEndpoints();
}
