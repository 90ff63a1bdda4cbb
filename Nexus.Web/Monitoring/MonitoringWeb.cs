namespace Nexus.Web.Monitoring;

internal static class MonitoringWeb
{
    public static IServiceCollection AddMonitoringWeb(this IServiceCollection services) => services;

    public static void MapMonitoring(this RouteGroupBuilder api) => api.MapMonitoringEndpoints();
}
