using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data.Storage;
using Nexus.Data.Tests.Databases;

namespace Nexus.Data.Tests;

/// <summary>A migrated database of its own, SQLite or PostgreSQL as this run has it, and a folder, with the services of the data layer, and those asked for, around it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestStore _store;

    private TestDatabase(ServiceProvider services, TestStore store, string directory) => (_services, _store, Directory) = (services, store, directory);

    public string Directory { get; }

    public IServiceProvider Services => _services;

    public static async Task<TestDatabase> StartAsync(TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("nexus-test-").FullName;
        var database = Make(await TestStore.OfAsync(directory), directory, time, configure);
        await database.Get<DatabaseStart>().RunAsync(CancellationToken.None);
        return database;
    }

    /// <summary>One that nobody has migrated yet.</summary>
    public static async Task<TestDatabase> StartEmptyAsync()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("nexus-test-").FullName;
        return Make(await TestStore.EmptyAsync(directory), directory, null, null);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public NexusDb Open() => Get<IDbContextFactory<NexusDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Get<DatabaseStart>().CheckpointAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static TestDatabase Make(TestStore store, string directory, TimeProvider? time, Action<IServiceCollection>? configure)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(store.Settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton<IConfiguration>(configuration);
        services.AddNexusData(configuration);
        TestStore.Shadow(services);
        configure?.Invoke(services);
        return new(services.BuildServiceProvider(), store, directory);
    }
}
