using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data.Storage;

namespace Nexus.Data.Tests;

/// <summary>A migrated SQLite database in a folder of its own, with the services of the data layer, and those asked for, around it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestDatabase(ServiceProvider services, string directory) => (_services, Directory) = (services, directory);

    public string Directory { get; }

    public IServiceProvider Services => _services;

    public static async Task<TestDatabase> StartAsync(TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("nexus-test-").FullName;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Nexus:DataDirectory"] = directory })
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddNexusData(configuration);
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
        return new(provider, directory);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public NexusDb Open() => Get<IDbContextFactory<NexusDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Get<DatabaseStart>().CheckpointAsync(CancellationToken.None);
        await _services.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
