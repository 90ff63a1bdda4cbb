using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Pipelines;

public static class PipelineData
{
    public static IServiceCollection AddPipelineData(this IServiceCollection services) => services
        .AddSingleton<RunService>()
        .AddSingleton<RunLogService>()
        .AddSingleton<RunMetricService>()
        .AddSingleton<EarlierRuns>();
}
