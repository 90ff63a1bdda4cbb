using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Tests.Databases;

/// <summary>
/// The database behind a data directory: its own file of SQLite, or, where NEXUS_TEST_DATABASE is PostgreSql, one on the
/// server, copied from a template that is migrated once.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Task<TestStore>> Stores = new();
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static readonly SemaphoreSlim Copying = new(1, 1);

    private readonly string _directory;
    private readonly string? _name;

    private TestStore(string directory, string? name, string? connection)
    {
        (_directory, _name) = (directory, name);
        Settings = new() { ["Nexus:DataDirectory"] = directory };
        if (connection is null) return;
        Settings["Nexus:Database:Provider"] = "PostgreSql";
        Settings["ConnectionStrings:Nexus"] = connection;
    }

    public static bool IsPostgreSql { get; } = Environment.GetEnvironmentVariable("NEXUS_TEST_DATABASE") == "PostgreSql";

    public Dictionary<string, string?> Settings { get; }

    /// <summary>The same for the same directory, until it is disposed of.</summary>
    public static Task<TestStore> OfAsync(string directory) => Stores.GetOrAdd(directory, d => MakeAsync(d, empty: false));

    /// <summary>One that nobody has migrated yet.</summary>
    public static Task<TestStore> EmptyAsync(string directory) => Stores.GetOrAdd(directory, d => MakeAsync(d, empty: true));

    /// <summary>Has every query that is made on SQLite translated for SQL Server too.</summary>
    public static void Shadow(IServiceCollection services)
    {
        if (!IsPostgreSql) ShadowQueryCompiler.Use(services);
    }

    public async ValueTask DisposeAsync()
    {
        Stores.TryRemove(_directory, out _);
        if (_name is not null) await PostgreSqlServer.DropAsync(_name);
    }

    private static async Task<TestStore> MakeAsync(string directory, bool empty)
    {
        if (!IsPostgreSql) return new(directory, null, null);
        var template = empty ? null : await Template.Value;
        var name = $"nexus_{Guid.NewGuid():N}";
        await Copying.WaitAsync();
        try
        {
            return new(directory, name, await PostgreSqlServer.CreateAsync(name, template));
        }
        finally
        {
            Copying.Release();
        }
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = $"nexus_template_{Guid.NewGuid():N}";
        var options = new DbContextOptionsBuilder<NexusDb>();
        DatabaseProvider.Find("PostgreSql")!.Configure(options, await PostgreSqlServer.CreateAsync(name) + ";Pooling=false");
        await using var db = new NexusDb(options.Options);
        await db.Provider.MigrateAsync(db, CancellationToken.None);
        return name;
    }
}
