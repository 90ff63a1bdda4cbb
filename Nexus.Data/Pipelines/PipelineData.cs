using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Pipelines;

public static class PipelineData
{
    public static IServiceCollection AddPipelineData(this IServiceCollection services) => services
        .AddSingleton<RunService>()
        .AddSingleton<RunListService>()
        .AddSingleton<RunKeyService>()
        .AddSingleton<RunCurveService>()
        .AddSingleton<RunEditor>()
        .AddSingleton<Comparing.RunComparer>()
        .AddSingleton<SavedViewService>()
        .AddSingleton<RunLogService>()
        .AddSingleton<RunMetricService>()
        .AddSingleton<EarlierRuns>()
        .AddSingleton<RunningRuns>();
}
