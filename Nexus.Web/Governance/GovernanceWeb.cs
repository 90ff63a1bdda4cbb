namespace Nexus.Web.Governance;

internal static class GovernanceWeb
{
    public static IServiceCollection AddGovernanceWeb(this IServiceCollection services) => services;

    public static void MapGovernance(this RouteGroupBuilder api) => api.MapApprovals();
}
