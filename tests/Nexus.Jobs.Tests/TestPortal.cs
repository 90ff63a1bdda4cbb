using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Nexus.Inference;

namespace Nexus.Jobs.Tests;

/// <summary>A migrated database of its own, SQLite or PostgreSQL as this run has it, and a folder, with data, inference and jobs around it; nothing hosted runs.</summary>
internal sealed class TestPortal : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _owner;

    private TestPortal(ServiceProvider services, string directory, bool owner) => (_services, Directory, _owner) = (services, directory, owner);

    public static Actor Engineer { get; } = new("ada", new HashSet<Role> { Role.Engineer });

    public string Directory { get; }

    public static async Task<TestPortal> StartAsync(
        TimeProvider? time = null, Action<IServiceCollection>? configure = null, string? directory = null)
    {
        var owner = directory is null;
        directory ??= System.IO.Directory.CreateTempSubdirectory("nexus-test-").FullName;
        var store = await TestStore.OfAsync(directory);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(store.Settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddNexusData(configuration).AddNexusInference().AddNexusJobs();
        TestStore.Shadow(services);
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DatabaseStart>().RunAsync(CancellationToken.None);
        return new(provider, directory, owner);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public NexusDb Open() => Get<IDbContextFactory<NexusDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        if (_owner) await Get<DatabaseStart>().CheckpointAsync(CancellationToken.None);
        await _services.DisposeAsync();
        if (_owner) await (await TestStore.OfAsync(Directory)).DisposeAsync();
        if (_owner) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
