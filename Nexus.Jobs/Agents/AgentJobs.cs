using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Nodes;

namespace Nexus.Jobs.Agents;

public static class AgentJobs
{
    public static IServiceCollection AddAgentJobs(this IServiceCollection services) => services.AddHostedService<DecisionRetention>(NodeRole.Jobs);
}
