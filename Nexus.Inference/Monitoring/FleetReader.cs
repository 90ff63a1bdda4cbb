using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// Several agents at a glance over the last day, by the same counts and tests as one agent's own page: as many queries for all of them
/// as for one.
/// </summary>
public sealed class FleetReader(IDbContextFactory<NexusDb> contexts, ReferenceCatalog references, IOptions<MonitoringOptions> options, TimeProvider time)
{
    /// <summary>What is looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <returns>In the order of <paramref name="agents"/>.</returns>
    public async Task<IReadOnlyList<FleetAgent>> ReadAsync(IReadOnlyList<AgentView> agents, CancellationToken ct)
    {
        if (agents.Count == 0) return [];
        var to = UtcMicroseconds.Truncate(time.GetUtcNow());
        var asked = MonitoringWindow.Floor(to - Window, TimeSpan.FromMinutes(1));
        var age = options.Value.MaximumAge;
        var oldest = age > Window ? MonitoringWindow.Floor(to - age, TimeSpan.FromMinutes(1)) : asked;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var layouts = await LayoutsAsync(db, agents, oldest, ct);
        var glances = agents.Select(agent => new AgentGlance(agent, layouts, Window, asked, oldest, to)).ToList();
        var (from, until) = (new PerformanceSeries(to, Window).From, to.AddMicroseconds(1));
        for (var left = glances; left.Count > 0; left = left.FindAll(g => g.Short))
        {
            await AddAsync(db, left, from, until, ct);
            // Decisions that are too few are gathered from the days before, a day at a time.
            if (from <= oldest) break;
            (from, until) = (from - Window > oldest ? from - Window : oldest, from);
        }

        var alpha = DriftTest.Alpha(Window, options.Value.FalseAlarmEvery);
        return glances.ConvertAll(g => g.Tell(alpha, options.Value));
    }

    private static async Task AddAsync(NexusDb db, List<AgentGlance> glances, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var ids = glances.ConvertAll(g => g.Agent.Id);
        var byAgent = glances.ToDictionary(g => g.Agent.Id);
        var minutes = db.MonitoringMinutes.AsNoTracking().Where(m => ids.Contains(m.AgentId) && m.Minute >= from && m.Minute < until)
            .OrderBy(m => m.AgentId).ThenByDescending(m => m.Minute).ThenByDescending(m => m.Decisions);
        await foreach (var minute in minutes.AsAsyncEnumerable().WithCancellation(ct)) byAgent[minute.AgentId].Add(minute);
    }

    /// <summary>Of every version that answered, or would answer now.</summary>
    private async Task<IReadOnlyDictionary<(string Model, int Version), FeatureLayout?>> LayoutsAsync(
        NexusDb db, IReadOnlyList<AgentView> agents, DateTimeOffset oldest, CancellationToken ct)
    {
        var models = agents.ToDictionary(a => a.Id, a => a.Model);
        var ids = models.Keys.ToList();
        var answered = await db.MonitoringMinutes.Where(m => ids.Contains(m.AgentId) && m.Minute >= oldest)
            .Select(m => new { m.AgentId, m.ModelVersion }).Distinct().ToListAsync(ct);
        return await references.FindAllAsync(
            db, [.. answered.Select(a => (models[a.AgentId], a.ModelVersion)), .. agents.Where(a => a.ProductionVersion is not null).Select(a => (a.Model, a.ProductionVersion!.Value))], ct);
    }
}
