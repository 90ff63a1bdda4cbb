using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Governance;

public static class GovernanceData
{
    public static IServiceCollection AddGovernanceData(this IServiceCollection services) => services
        .AddSingleton<EvidenceReader>()
        .AddSingleton<ApprovalInbox>()
        .AddSingleton<ApprovalService>();
}
