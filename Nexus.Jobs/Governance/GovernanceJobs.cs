using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Nodes;

namespace Nexus.Jobs.Governance;

public static class GovernanceJobs
{
    public static IServiceCollection AddGovernanceJobs(this IServiceCollection services) => services.AddHostedService<ApprovalExpiry>(NodeRole.Jobs);
}
