using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Backups;
using Nexus.Data.Storage.Databases;
using Nexus.Data.Storage.Health;

namespace Nexus.Data.Storage;

/// <summary>Options, database and blobs.</summary>
public static class StorageData
{
    private const string ConnectionKey = "Nexus";

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NexusOptions>().Bind(configuration.GetSection(NexusOptions.Section))
            .ValidateDataAnnotations()
            .Validate(o => DatabaseProvider.Find(o.Database.Provider) is not null, "Nexus:Database:Provider is Sqlite, PostgreSql or SqlServer.")
            .Validate(
                o => o.Database.Provider == "Sqlite" || configuration.GetConnectionString(ConnectionKey) is { Length: > 0 },
                "ConnectionStrings:Nexus says where the database of Nexus:Database:Provider is.")
            .Validate(
                o => o.RoleNames.Count > 0 && o.RoleNames.All(role => NodeRole.All.Contains(role, StringComparer.OrdinalIgnoreCase)),
                "Nexus:Roles names one or more of web, jobs, inference, with commas between.")
            .Validate(o => o.BootstrapApiKey is null or { Length: >= 32 }, "Nexus:BootstrapApiKey has at least 32 characters.")
            .Validate(o => o.Secret is null or { Length: >= 32 }, "Nexus:Secret has at least 32 characters.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BlobStore>();
        services.AddSingleton<DatabaseStart>();
        services.AddBackups();
        services.AddSystemHealth();
        services.AddSingleton(provider =>
        {
            var nexus = provider.GetRequiredService<IOptions<NexusOptions>>().Value;
            var database = DatabaseProvider.Find(nexus.Database.Provider)!;
            return new DatabaseConnection(database, configuration.GetConnectionString(ConnectionKey) ?? database.DefaultConnection(nexus)!);
        });
        services.AddDbContextFactory<NexusDb>((provider, db) =>
        {
            var connection = provider.GetRequiredService<DatabaseConnection>();
            connection.Provider.Configure(db, connection.Text);
        });
        return services;
    }
}
