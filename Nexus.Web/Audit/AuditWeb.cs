namespace Nexus.Web.Audit;

internal static class AuditWeb
{
    public static IServiceCollection AddAuditWeb(this IServiceCollection services) => services;

    public static void MapAudit(this RouteGroupBuilder api) => api.MapAuditEndpoints();
}
