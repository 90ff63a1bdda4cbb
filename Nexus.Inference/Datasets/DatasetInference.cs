using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Inference.Datasets;

public static class DatasetInference
{
    public static IServiceCollection AddDatasetInference(this IServiceCollection services) => services
        .AddSingleton<DatasetComparer>()
        .AddSingleton<CorrelationService>();
}
