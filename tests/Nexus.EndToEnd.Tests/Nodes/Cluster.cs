using Nexus.Data.Tests.Databases;
using Nexus.Data.Tests.Live;

namespace Nexus.EndToEnd.Tests.Nodes;

/// <summary>Processes with a role each over one PostgreSQL, one Redis and one folder of blobs.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly string _database = $"nexus_{Guid.NewGuid():N}";
    private readonly string _blobs = Directory.CreateTempSubdirectory("nexus-blobs-").FullName;
    private readonly List<PortalProcess> _nodes = [];
    private RedisServer? _redis;
    private string? _connection;

    private readonly Dictionary<string, string> _more;

    private Cluster(Dictionary<string, string> more) => _more = more;

    /// <param name="withRedis">Without it nodes find changes of others in the database.</param>
    /// <param name="more">Further settings of all nodes.</param>
    public static async Task<Cluster> StartAsync(bool withRedis = true, Dictionary<string, string>? more = null)
    {
        var cluster = new Cluster(more ?? []);
        cluster._connection = await PostgreSqlServer.CreateAsync(cluster._database);
        if (withRedis) cluster._redis = await RedisServer.StartAsync();
        return cluster;
    }

    /// <summary>Nodes of these roles, one or several by commas, always two started at once.</summary>
    public async Task<PortalProcess[]> AddAsync(params string[] roles)
    {
        var before = _nodes.Count;
        foreach (var pair in roles.Chunk(2))
            _nodes.AddRange(await Task.WhenAll(pair.Select((role, i) => PortalProcess.StartAsync("Production", Settings(role, $"{role.Replace(',', '-')}-{_nodes.Count + i}")))));
        return [.. _nodes[before..]];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        await PostgreSqlServer.DropAsync(_database);
        Directory.Delete(_blobs, recursive: true);
    }

    private Dictionary<string, string> Settings(string role, string name)
    {
        var settings = new Dictionary<string, string>(_more)
        {
            ["Nexus__Roles"] = role,
            ["Nexus__NodeName"] = name,
            ["Nexus__Secret"] = "the secret of the nodes of these tests 0123456789",
            ["Nexus__Database__Provider"] = "PostgreSql",
            ["ConnectionStrings__Nexus"] = _connection!,
            ["Nexus__Blobs__Directory"] = _blobs,
        };
        if (_redis is not null) settings["Nexus__Redis"] = _redis.Address;
        return settings;
    }
}
