using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Nodes;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>
/// What every agent serves on this node: an immutable snapshot, swapped whole when its sessions are warm. A request takes
/// what it finds and keeps it to its end; what is replaced goes when the last such request has left.
/// </summary>
public sealed partial class AgentDirectory(
    IDbContextFactory<NexusDb> contexts, SessionPool sessions, IOptions<NexusOptions> options, ILogger<AgentDirectory> logger)
    : IServedModels, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FrozenDictionary<string, ServedAgent> _agents = FrozenDictionary<string, ServedAgent>.Empty;

    /// <summary>Whether this node answers decisions at all.</summary>
    public bool IsHere { get; } = options.Value.Does(NodeRole.Inference);

    /// <summary>Null where this node serves no such agent.</summary>
    public ServedAgent? Find(string name) => Volatile.Read(ref _agents).GetValueOrDefault(name);

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken ct)
    {
        if (!IsHere) return;
        await _turn.WaitAsync(ct);
        try
        {
            await SwapAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets go of every session; again is nothing, since the container knows this under two types.</summary>
    public void Dispose()
    {
        var agents = Interlocked.Exchange(ref _agents, FrozenDictionary<string, ServedAgent>.Empty);
        foreach (var agent in agents.Values) agent.Production?.Session.Leave();
        _turn.Dispose();
    }

    private async Task SwapAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await (
            from agent in db.Agents.AsNoTracking()
            join model in db.Models on agent.ModelName equals model.Name
            select new Row(agent.Id, agent.Name, agent.ModelName, agent.PlanRevision, model.ProductionVersion)).ToListAsync(ct);
        var before = _agents;
        var after = new Dictionary<string, ServedAgent>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows) after[row.Name] = await ServeAsync(db, row, before.GetValueOrDefault(row.Name), ct);
        Volatile.Write(ref _agents, after.ToFrozenDictionary(StringComparer.Ordinal));
        foreach (var agent in before.Values)
        {
            if (agent.Production is { } old && after.GetValueOrDefault(agent.Name)?.Production != old) old.Session.Leave();
        }
    }

    private async Task<ServedAgent> ServeAsync(NexusDb db, Row row, ServedAgent? before, CancellationToken ct)
    {
        if (row.Production is not { } number) return new(row.Id, row.Name, row.Model, row.Revision, null, null);
        if (before?.Production is { } same && same.Model == row.Model && same.Number == number && before.Id == row.Id)
            return before with { PlanRevision = row.Revision };
        try
        {
            var served = await sessions.LoadAsync(db, row.Model, number, ct);
            return new(row.Id, row.Name, row.Model, row.Revision, new(row.Id, row.Name, row.Model, number, served.TrainedHere, served.Session), null);
        }
        catch (Exception e) when (e is RefusedException or IOException)
        {
            Log.NotLoaded(logger, e, row.Model, number, row.Name);
            return new(row.Id, row.Name, row.Model, row.Revision, null, $"Version {number} of model '{row.Model}' could not be loaded.");
        }
    }

    private sealed record Row(Guid Id, string Name, string Model, int Revision, int? Production);

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Error, "Version {Version} of model {Model} could not be loaded for agent {Agent}")]
        public static partial void NotLoaded(ILogger logger, Exception exception, string model, int version, string agent);
    }
}
