using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Agents;

public static class AgentData
{
    public static IServiceCollection AddAgentData(this IServiceCollection services) =>
        services.AddSingleton<AgentService>().AddSingleton<DecisionReader>().AddSingleton<ServiceHistory>();
}
