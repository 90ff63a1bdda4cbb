namespace Nexus.Web.Agents;

internal static class AgentWeb
{
    public static IServiceCollection AddAgentWeb(this IServiceCollection services) => services;

    public static void MapAgents(this RouteGroupBuilder api)
    {
        api.MapAgentEndpoints();
        api.MapDecide();
    }
}
