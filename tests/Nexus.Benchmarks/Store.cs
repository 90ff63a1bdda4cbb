using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Storage;

namespace Nexus.Benchmarks;

/// <summary>The portal's database in a folder of its own, without the portal.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nexus-store-").FullName;
    private readonly ServiceProvider _services;

    private Store()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Nexus:DataDirectory", _folder)]).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddNexusData(configuration).BuildServiceProvider();
    }

    public IDbContextFactory<NexusDb> Contexts => Get<IDbContextFactory<NexusDb>>();

    public static async Task<Store> OpenAsync()
    {
        var store = new Store();
        await store.Get<DatabaseStart>().RunAsync(CancellationToken.None);
        return store;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
