using Microsoft.Extensions.DependencyInjection;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Monitoring;

public static class MonitoringInference
{
    public static IServiceCollection AddMonitoringInference(this IServiceCollection services)
    {
        services.AddOptions<MonitoringOptions>().BindConfiguration(MonitoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ReferenceBuilder>()
            .AddSingleton<ReferenceCatalog>()
            .AddSingleton<IDecisionSink, MonitoringSink>()
            .AddSingleton<MonitoringService>()
            .AddSingleton<AgentPulses>()
            .AddSingleton<FleetReader>()
            .AddSingleton<AgentFleet>();
    }
}
