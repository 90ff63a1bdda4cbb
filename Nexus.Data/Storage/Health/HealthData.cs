using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Storage.Health;

internal static class HealthData
{
    public static IServiceCollection AddSystemHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SystemReady>("system", tags: ["ready"]);
        return services
            .AddSingleton<SystemHealth>()
            .AddSingleton<ISystemProbe, DatabaseProbe>()
            .AddSingleton<ISystemProbe, DiskProbe>()
            .AddSingleton<ISystemProbe, BlobProbe>()
            .AddHostedService<SystemWatch>();
    }
}
