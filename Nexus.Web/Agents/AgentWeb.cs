namespace Nexus.Web.Agents;

internal static class AgentWeb
{
    public static IServiceCollection AddAgentWeb(this IServiceCollection services)
    {
        // The first writer that can write does: this one must stand before the general one.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, OipProblemWriter>());
        return services;
    }

    public static void MapAgents(this RouteGroupBuilder api)
    {
        api.MapAgentEndpoints();
        api.MapDecide();
    }
}
