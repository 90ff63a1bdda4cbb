using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Nodes;
using Nexus.Data.Storage;

namespace Nexus.Data.Search;

public static class SearchData
{
    public static IServiceCollection AddSearchData(this IServiceCollection services) => services
        .AddSingleton<ITextSearch>(p => Of(p.GetRequiredService<DatabaseConnection>().Provider.Name, p.GetRequiredService<IDbContextFactory<NexusDb>>()))
        .AddHostedService<SearchFill>(NodeRole.Jobs);

    private static ITextSearch Of(string database, IDbContextFactory<NexusDb> contexts) => database switch
    {
        "PostgreSql" => new PostgreSqlTextSearch(contexts),
        "SqlServer" => new SqlServerTextSearch(contexts),
        _ => new SqliteTextSearch(contexts),
    };
}
