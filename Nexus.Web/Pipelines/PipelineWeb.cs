namespace Nexus.Web.Pipelines;

internal static class PipelineWeb
{
    public static IServiceCollection AddPipelineWeb(this IServiceCollection services) => services;

    public static void MapPipelines(this RouteGroupBuilder api)
    {
    }
}
