using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Datasets;

public static class DatasetData
{
    public static IServiceCollection AddDatasetData(this IServiceCollection services) =>
        services.AddSingleton<TableEngine>();
}
