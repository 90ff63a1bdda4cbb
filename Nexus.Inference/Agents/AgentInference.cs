using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Inference.Agents;

public static class AgentInference
{
    public static IServiceCollection AddAgentInference(this IServiceCollection services) => services;
}
