using System.Xml;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Monitoring;

namespace Nexus.Inference.Monitoring;

/// <summary>What an agent did, read from its minutes: the cost of a window grows with minutes and bins, not with decisions.</summary>
public sealed class MonitoringService(
    IDbContextFactory<NexusDb> contexts, ReferenceCatalog references, IOptions<MonitoringOptions> options, TimeProvider time)
{
    private const int BaselineRows = 1000;
    private const int DeviationRows = 5000;

    /// <summary>Each feature of the window that ends now, against the training split of the version that answers.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<DriftReport> DriftAsync(string agent, TimeSpan window, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (id, model, served) = await AgentAsync(db, agent, ct);
        var to = UtcMicroseconds.Truncate(time.GetUtcNow());
        var asked = MonitoringWindow.Floor(to - window, TimeSpan.FromMinutes(1));
        var oldest = MonitoringWindow.Floor(to - (window > options.Value.MaximumAge ? window : options.Value.MaximumAge), TimeSpan.FromMinutes(1));
        var minutes = db.MonitoringMinutes.AsNoTracking().Where(m => m.AgentId == id && m.Minute >= oldest && m.Minute <= to);
        var version = await minutes.Where(m => m.Decisions > 0).OrderByDescending(m => m.Minute).ThenByDescending(m => m.Decisions)
            .Select(m => (int?)m.ModelVersion).FirstOrDefaultAsync(ct) ?? served;

        var alpha = DriftTest.Alpha(window, options.Value.FalseAlarmEvery);
        DriftReport Report(DateTimeOffset from, long decisions, string state, IReadOnlyList<FeatureDrift> features) => new(
            agent, version, XmlConvert.ToString(window), from, to, from < asked, decisions, state,
            alpha, XmlConvert.ToString(options.Value.FalseAlarmEvery), features);

        var layout = version is { } v ? await references.FindAsync(db, model, v, ct) : null;
        if (layout is null) return Report(asked, 0, version is null ? DriftStates.NotEnoughData : DriftStates.NoReference, []);

        var drift = new DriftWindow(layout, asked);
        await foreach (var minute in minutes.Where(m => m.ModelVersion == version).OrderByDescending(m => m.Minute).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!drift.Add(minute)) break;
        }

        var features = DriftTest.Judge(layout, drift.Tally, alpha, options.Value.EffectFloor);
        return Report(drift.From, drift.Tally.Binned, DriftTest.StateOf(features), features);
    }

    /// <summary>Volume, latency, answers and live accuracy of the window that ends now, in sum and as series.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<PerformanceReport> PerformanceAsync(string agent, TimeSpan window, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (id, model, _) = await AgentAsync(db, agent, ct);
        var to = UtcMicroseconds.Truncate(time.GetUtcNow());
        var series = new PerformanceSeries(to, window);
        var minutes = db.MonitoringMinutes.AsNoTracking()
            .Where(m => m.AgentId == id && m.Minute >= series.From && m.Minute <= to)
            .Select(m => new MonitoringMinute
            {
                AgentId = m.AgentId,
                ModelVersion = m.ModelVersion,
                Minute = m.Minute,
                Decisions = m.Decisions,
                Errors = m.Errors,
                Labeled = m.Labeled,
                Correct = m.Correct,
                Latency = m.Latency,
                Outputs = m.Outputs,
                Features = Array.Empty<byte>(),
            });
        await foreach (var minute in minutes.AsAsyncEnumerable().WithCancellation(ct)) series.Add(minute);
        var training = series.NewestVersion is { } version ? await references.FindAsync(db, model, version, ct) : null;
        var lastClass = series.AnyLabeled ? await LastClassAsync(db, id, series.From, ct) : null;
        var deviations = series.AnyMeasured ? await DeviationsAsync(db, id, series.From, ct) : [];
        return series.ToReport(agent, training?.Reference, lastClass, deviations);
    }

    /// <summary>Where the bins of a version's training split lie; null where it brought none.</summary>
    public async Task<FeatureLayout?> LayoutAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await references.FindAsync(db, model, version, ct);
    }

    private static async Task<LastClassBaseline?> LastClassAsync(NexusDb db, Guid agent, DateTimeOffset from, CancellationToken ct)
    {
        var newest = await db.Decisions.AsNoTracking().Where(d => d.AgentId == agent && d.At >= from && d.TrueLabel != null)
            .OrderByDescending(d => d.At).Take(BaselineRows + 1).Select(d => new { d.Label, d.TrueLabel }).ToListAsync(ct);
        newest.Reverse();
        return LastClassBaseline.Of([.. newest.Select(d => (d.Label, d.TrueLabel!))]);
    }

    // From the decisions themselves: sums of squares would not be exact any more once a wild truth has been corrected.
    private static async Task<IReadOnlyList<Deviation>> DeviationsAsync(NexusDb db, Guid agent, DateTimeOffset from, CancellationToken ct)
    {
        var newest = await db.Decisions.AsNoTracking().Where(d => d.AgentId == agent && d.At >= from && d.TrueLabel != null && d.Label == null && d.Score != null)
            .OrderByDescending(d => d.At).Take(DeviationRows).Select(d => new { d.At, d.ModelVersion, d.Score, d.TrueLabel }).ToListAsync(ct);
        return [.. newest.Select(d => Deviation.Of(d.At, d.ModelVersion, d.Score!.Value, d.TrueLabel!)).OfType<Deviation>()];
    }

    private static async Task<(Guid Id, string Model, int? Served)> AgentAsync(NexusDb db, string name, CancellationToken ct)
    {
        var agent = await db.Agents.Where(a => a.Name == name).Select(a => new { a.Id, a.ModelName, a.ServedVersion }).FirstOrDefaultAsync(ct)
            ?? throw Refused.NotFound("agent", name);
        return (agent.Id, agent.ModelName, agent.ServedVersion);
    }
}
