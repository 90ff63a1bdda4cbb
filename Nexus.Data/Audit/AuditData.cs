using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Audit;

public static class AuditData
{
    public static IServiceCollection AddAuditData(this IServiceCollection services) =>
        services.AddSingleton<LedgerChain>();
}
