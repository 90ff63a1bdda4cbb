using System.Xml;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Monitoring;

namespace Nexus.Inference.Monitoring;

/// <summary>
/// All agents at a glance over the last day, by the same counts and tests as one agent's own page: three queries however many
/// there are, and however many look.
/// </summary>
public sealed class AgentFleet(
    IDbContextFactory<NexusDb> contexts, AgentService agents, ReferenceCatalog references, IOptions<MonitoringOptions> options, TimeProvider time)
{
    /// <summary>More are not shown at a glance.</summary>
    public const int Most = 20;

    /// <summary>What is looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // A tenth of the time at most goes into reading.
    private const int Rest = 9;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(0.9);
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<FleetAgent>>? _kept;
    private long _keptAt;
    private TimeSpan _took;

    /// <summary>By name, the first <see cref="Most"/>. At most a second old, more where reading takes long.</summary>
    /// <param name="anew">Something other than decisions has moved: read in any case.</param>
    public Task<IReadOnlyList<FleetAgent>> GetAsync(bool anew, CancellationToken ct)
    {
        lock (_lock)
        {
            var patience = _took * Rest > Fresh ? _took * Rest : Fresh;
            if (_kept is null || _kept.IsFaulted || (_kept.IsCompleted && (anew || time.GetElapsedTime(_keptAt) > patience)))
                (_kept, _keptAt) = (ReadAsync(), time.GetTimestamp());
            return _kept.WaitAsync(ct);
        }
    }

    private async Task<IReadOnlyList<FleetAgent>> ReadAsync()
    {
        var started = time.GetTimestamp();
        // Shared by all who wait for it, so none of them can cancel it.
        var page = await agents.ListAsync(new PageRequest(Most), CancellationToken.None);
        if (page.Items.Count == 0) return [];
        var to = UtcMicroseconds.Truncate(time.GetUtcNow());
        var asked = MonitoringWindow.Floor(to - Window, TimeSpan.FromMinutes(1));
        await using var db = await contexts.CreateDbContextAsync();
        var ids = page.Items.Select(a => a.Id).ToList();
        var minutes = (await db.MonitoringMinutes.AsNoTracking().Where(m => ids.Contains(m.AgentId) && m.Minute >= asked && m.Minute <= to).ToListAsync())
            .ToLookup(m => m.AgentId);
        var versions = page.Items.ToDictionary(a => a.Id, a => Answering(minutes[a.Id]) ?? a.ProductionVersion);
        var layouts = await references.FindAllAsync(db, [.. page.Items.Where(a => versions[a.Id] is not null).Select(a => (a.Model, versions[a.Id]!.Value))]);
        var fleet = page.Items.Select(agent => Look(agent, versions[agent.Id], [.. minutes[agent.Id]], layouts, asked, to)).ToList();
        _took = time.GetElapsedTime(started);
        return fleet;
    }

    private FleetAgent Look(
        AgentView agent, int? version, IReadOnlyList<MonitoringMinute> minutes, IReadOnlyDictionary<(string, int), FeatureLayout?> layouts,
        DateTimeOffset asked, DateTimeOffset to)
    {
        if (agent.ProductionVersion is null && minutes.Count == 0) return new(agent, null, []);
        var layout = version is { } known ? layouts.GetValueOrDefault((agent.Model, known)) : null;
        var series = new PerformanceSeries(to, Window);
        foreach (var minute in minutes.Where(m => m.Minute >= series.From)) series.Add(minute);
        var performance = series.ToReport(agent.Name, layout?.Reference, lastClass: null);
        var drift = Drift(agent.Name, version, layout, minutes, asked, to);
        var (health, sentence) = HealthSentence.Of(performance, drift);
        return new(agent, new(health, sentence, performance, drift), Volume(minutes, to));
    }

    private DriftReport Drift(string agent, int? version, FeatureLayout? layout, IReadOnlyList<MonitoringMinute> minutes, DateTimeOffset from, DateTimeOffset to)
    {
        var alpha = DriftTest.Alpha(Window, options.Value.FalseAlarmEvery);
        DriftReport Report(long decisions, string state, IReadOnlyList<FeatureDrift> features) =>
            new(agent, version, XmlConvert.ToString(Window), from, to, false, decisions, state, alpha, XmlConvert.ToString(options.Value.FalseAlarmEvery), features);
        if (layout is null) return Report(0, version is null ? DriftStates.NotEnoughData : DriftStates.NoReference, []);

        var tally = new MinuteTally(layout);
        foreach (var minute in minutes.Where(m => m.ModelVersion == version)) tally.Add(minute);
        var features = DriftTest.Judge(layout, tally, alpha, options.Value.EffectFloor);
        return Report(tally.Binned, DriftTest.StateOf(features), features);
    }

    private static double[] Volume(IReadOnlyList<MonitoringMinute> minutes, DateTimeOffset to)
    {
        if (minutes.Count == 0) return [];
        var point = to - minutes.Min(m => m.Minute) < TimeSpan.FromMinutes(90) ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(15);
        var from = MonitoringWindow.Floor(minutes.Min(m => m.Minute), point);
        // The point that is not over yet would always look like a fall.
        var points = new double[Math.Max(1, (int)((to - from) / point))];
        foreach (var minute in minutes)
        {
            if ((int)((minute.Minute - from) / point) is var at && at < points.Length) points[at] += minute.Decisions / point.TotalSeconds;
        }

        return points;
    }

    private static int? Answering(IEnumerable<MonitoringMinute> minutes) =>
        minutes.Where(m => m.Decisions > 0).OrderByDescending(m => m.Minute).ThenByDescending(m => m.Decisions).FirstOrDefault()?.ModelVersion;
}
