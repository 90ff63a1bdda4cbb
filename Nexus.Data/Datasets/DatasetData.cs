using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Datasets.Differences;
using Nexus.Data.Datasets.Queries;
using Nexus.Data.Datasets.Rows;

namespace Nexus.Data.Datasets;

public static class DatasetData
{
    public static IServiceCollection AddDatasetData(this IServiceCollection services)
    {
        services.AddOptions<DatasetOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(DatasetOptions.Section).Bind(options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<QueryOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(QueryOptions.Section).Bind(options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<TableEngine>()
            .AddSingleton<TableTurns>(_ => new())
            .AddSingleton<TableProfiler>()
            .AddSingleton<DatasetImporter>()
            .AddSingleton<DatasetCatalog>()
            .AddSingleton<DatasetService>()
            .AddSingleton<DifferenceService>()
            .AddSingleton<RowReader>();
    }
}
