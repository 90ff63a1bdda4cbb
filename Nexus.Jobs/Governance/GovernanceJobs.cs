using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Jobs.Governance;

public static class GovernanceJobs
{
    public static IServiceCollection AddGovernanceJobs(this IServiceCollection services) => services.AddHostedService<ApprovalExpiry>();
}
