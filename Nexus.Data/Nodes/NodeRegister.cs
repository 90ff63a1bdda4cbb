using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Storage;

namespace Nexus.Data.Nodes;

/// <summary>
/// The nodes on this database: this one says every two seconds that it lives, and looks whether the others do. What a node had
/// taken is taken over as soon as it is found gone.
/// </summary>
public sealed partial class NodeRegister : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly NodeIdentity _identity;
    private readonly NexusOptions _options;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;
    private readonly ILogger<NodeRegister> _logger;
    private readonly NodeWatch _watch;
    private readonly bool _shared;
    private bool _away;
    private bool _warned;

    public NodeRegister(
        IDbContextFactory<NexusDb> contexts, NodeIdentity identity, DatabaseConnection database, IOptions<NexusOptions> options,
        LiveEvents live, TimeProvider time, ILogger<NodeRegister> logger)
        : this(contexts, identity, database.Provider.IsShared, options, live, time, logger)
    {
    }

    internal NodeRegister(
        IDbContextFactory<NexusDb> contexts, NodeIdentity identity, bool shared, IOptions<NexusOptions> options,
        LiveEvents live, TimeProvider time, ILogger<NodeRegister> logger)
    {
        (_contexts, _identity, _options, _live, _time, _logger) = (contexts, identity, options.Value, live, time, logger);
        (_watch, _shared) = (new(time), shared);
    }

    /// <summary>Where there can be but one node, its beats are for the page alone.</summary>
    private TimeSpan Every => _shared ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(10);

    /// <summary>Null for a node that nobody knows.</summary>
    public NodeState? StateOf(Guid node) => _watch.StateOf(node);

    /// <summary>Whether another node may be at work still: it is up, or has come so lately that nobody has looked at it yet.</summary>
    public async Task<bool> MayLiveAsync(Guid node, CancellationToken ct)
    {
        if (!_shared || node == _identity.Id) return node == _identity.Id;
        if (StateOf(node) is { } state) return state == NodeState.Up;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.Nodes.AnyAsync(n => n.Id == node && n.StoppedAt == null, ct);
    }

    /// <summary>The newest first; those not heard of for a day are forgotten.</summary>
    /// <exception cref="RefusedException">Forbidden without the role Admin.</exception>
    public async Task<Page<NodeView>> ListAsync(PageRequest page, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Admin);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return (await db.Nodes.AsNoTracking().ToPageAsync(n => n.StartedAt, n => n.Id, page, ct)).Select(View);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var now = _time.GetUtcNow();
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
            await db.Nodes.Where(n => n.Id == _identity.Id)
                .ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, now).SetProperty(x => x.StoppedAt, now), cancellationToken);
            _live.Publish("nodes", "changed");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Away(_logger, failure); // the others find it gone in a while
        }
    }

    /// <summary>Says that this node lives, and looks at the others.</summary>
    internal async Task BeatAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var known = await db.Nodes.Where(n => n.Id == _identity.Id)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.Beats, x => x.Beats + 1).SetProperty(x => x.SeenAt, now), ct);
        if (known == 0) await EnterAsync(db, now, ct);
        var nodes = await db.Nodes.AsNoTracking().ToListAsync(ct);
        foreach (var gone in _watch.See(nodes))
        {
            Log.Gone(_logger, gone.Name, gone.Id);
            _live.Publish("nodes", "changed");
        }

        if (!_warned && _shared && _options.Secret is null && nodes.Exists(n => n.Id != _identity.Id && StateOf(n.Id) == NodeState.Up && n.Beats > 1))
        {
            _warned = true;
            Log.NoSecret(_logger);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await BeatAsync(stoppingToken);
                _away = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _watch.LookedAway();
                if (!_away) Log.Away(_logger, failure); // once, however long it lasts
                _away = true;
            }
        }
    }

    private async Task EnterAsync(NexusDb db, DateTimeOffset now, CancellationToken ct)
    {
        var name = _options.NodeName ?? Environment.MachineName;
        db.Nodes.Add(new()
        {
            Id = _identity.Id,
            Name = name.Length <= 100 ? name : name[..100],
            Roles = string.Join(',', _options.RoleNames),
            Version = typeof(NodeRegister).Assembly.GetName().Version!.ToString(3),
            StartedAt = now,
            Beats = 1,
            SeenAt = now,
        });
        await db.SaveChangesAsync(ct);
        var before = now - Kept;
        await db.Nodes.Where(n => n.SeenAt < before).ExecuteDeleteAsync(ct);
        _live.Publish("nodes", "changed");
    }

    private NodeView View(Node node) => new(
        node.Id, node.Name, node.Roles.Split(','), node.Version, node.StartedAt, node.SeenAt,
        node.StoppedAt is not null ? NodeState.Stopped : StateOf(node.Id) ?? NodeState.Up, node.Id == _identity.Id);

    private static partial class Log
    {
        [LoggerMessage(1800, LogLevel.Warning, "Node {Name} ({Id}) is gone: nothing was heard of it for 10 s")]
        public static partial void Gone(ILogger logger, string name, Guid id);

        [LoggerMessage(1801, LogLevel.Warning, "The register of nodes cannot be reached; this node goes on and tries again")]
        public static partial void Away(ILogger logger, Exception failure);

        [LoggerMessage(1802, LogLevel.Warning, "Several nodes work on this database, but Nexus:Secret is not set: sessions of one are unknown to the other, and so are the checkpoints of the ledger. Give all of them the same secret")]
        public static partial void NoSecret(ILogger logger);
    }
}
