using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Lineage;

public static class LineageData
{
    public static IServiceCollection AddLineageData(this IServiceCollection services) => services.AddSingleton<LineageService>().AddSingleton<UseService>();
}
