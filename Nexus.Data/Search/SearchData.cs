using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Data.Search;

public static class SearchData
{
    public static IServiceCollection AddSearchData(this IServiceCollection services) => services
        .AddSingleton<ITextSearch, SqliteTextSearch>()
        .AddHostedService<SearchFill>();
}
