using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage;

/// <summary>Options, database and blobs.</summary>
public static class StorageData
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NexusOptions>().Bind(configuration.GetSection(NexusOptions.Section))
            .ValidateDataAnnotations()
            .Validate(o => o.Database.Provider == "Sqlite", "Nexus:Database:Provider is Sqlite.")
            .Validate(o => o.BootstrapApiKey is null or { Length: >= 32 }, "Nexus:BootstrapApiKey has at least 32 characters.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BlobStore>();
        services.AddSingleton<DatabaseStart>();
        services.AddDbContextFactory<NexusDb>((provider, db) =>
        {
            var nexus = provider.GetRequiredService<IOptions<NexusOptions>>().Value;
            var connection = configuration.GetConnectionString("Nexus") ?? $"Data Source={nexus.PathOf("nexus.db")}";
            db.UseSqlite(connection, sqlite => sqlite.MigrationsAssembly("Nexus.Migrations.Sqlite")).AddInterceptors(new SqliteSettings());
        });
        return services;
    }
}
