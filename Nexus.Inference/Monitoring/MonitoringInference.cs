using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Inference.Monitoring;

public static class MonitoringInference
{
    public static IServiceCollection AddMonitoringInference(this IServiceCollection services) =>
        services.AddSingleton<ReferenceBuilder>();
}
