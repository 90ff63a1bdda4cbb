using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using Nexus.Data.Storage.Backups;
using Nexus.Data.Storage.Blobs;
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
            .Validate(o => o.Blobs.Provider is "Files" || o.Blobs is { Provider: "S3", Bucket.Length: > 0 }, "Nexus:Blobs:Provider is Files or S3; S3 needs Nexus:Blobs:Bucket.")
            .Validate(o => o.Blobs is { GraceHours: >= 1, CacheMegabytes: >= 1 }, "Nexus:Blobs:GraceHours and CacheMegabytes are at least 1.")
            .Validate(o => o.Secret is null or { Length: >= 32 }, "Nexus:Secret has at least 32 characters.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(HomeOfBlobs);
        services.AddSingleton(provider => new BlobStore(provider.GetRequiredService<IBlobHome>(), provider.GetRequiredService<IOptions<NexusOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BlobSweep>().AddHostedService<BlobSweep>(NodeRole.Jobs);
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
            db.AddInterceptors(connection.Provider.Telemetry);
        });
        return services;
    }

    private static IBlobHome HomeOfBlobs(IServiceProvider provider)
    {
        var (nexus, time) = (provider.GetRequiredService<IOptions<NexusOptions>>(), provider.GetRequiredService<TimeProvider>());
        var blobs = nexus.Value.Blobs;
        if (blobs.Provider == "Files") return new FileBlobs(nexus, time);
        var cache = new BlobCache(nexus.Value.PathOf("blob-cache"), blobs.CacheMegabytes * 1024L * 1024, time);
        return new S3Blobs(S3Blobs.Client(blobs), blobs, cache, provider.GetRequiredService<IDbContextFactory<NexusDb>>(), time);
    }
}
