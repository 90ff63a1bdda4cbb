using Nexus.Data.Datasets.Queries;

namespace Nexus.Web.Datasets;

internal static class DatasetWeb
{
    public static IServiceCollection AddDatasetWeb(this IServiceCollection services) => services.AddSingleton<TableQueryService>();

    public static void MapDatasets(this RouteGroupBuilder api)
    {
        var datasets = api.MapGroup("/datasets").WithTags("Datasets");
        datasets.MapReading();
        datasets.MapUpload();
        datasets.MapQuery();
        datasets.MapDifferences();
        datasets.MapComparing();
    }
}
