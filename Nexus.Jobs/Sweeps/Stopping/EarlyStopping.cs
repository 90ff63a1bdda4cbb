using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Sweeps;

namespace Nexus.Jobs.Sweeps.Stopping;

/// <summary>Reads the curves of a sweep's runs and tells which of those at work are hopeless, and why.</summary>
internal sealed class EarlyStopping
{
    /// <summary>Compared with at most so many of the latest trials.</summary>
    private const int Compared = 200;

    /// <returns>The index of a trial → why it is to stop.</returns>
    public async Task<IReadOnlyDictionary<int, string>> FindAsync(NexusDb db, Sweep sweep, IReadOnlyList<TrialRow> trials, CancellationToken ct)
    {
        var found = new Dictionary<int, string>();
        if (sweep.Stopping is null || !trials.Any(t => t.Status == RunStatus.Running)) return found;
        var rule = CanonicalJson.Read<StoppingRule>(sweep.Stopping);
        var near = trials.Where(t => t.Status is not (null or RunStatus.Queued)).TakeLast(Compared).ToList();
        var ids = near.Select(t => t.RunId).ToList();
        var curves = await db.RunLatestMetrics.AsNoTracking()
            .Where(m => ids.Contains(m.RunId) && !m.Final && (rule.Curve == null ? m.Key.Contains("/valid.") : m.Key == rule.Curve))
            .Select(m => new Latest(m.RunId, m.Key, m.Step)).ToListAsync(ct);
        foreach (var trial in near.Where(t => t is { Status: RunStatus.Running, Stopped: null, CancelRequested: false }))
        {
            if (curves.Where(c => c.RunId == trial.RunId).MinBy(c => c.Key, StringComparer.Ordinal) is not { } own || own.Step < rule.MinSteps) continue;
            var others = near.Where(t => t.Index != trial.Index && curves.Any(c => c.RunId == t.RunId && c.Key == own.Key)).ToList();
            var why = rule.Rule == StoppingKind.Median
                ? await ByMedianAsync(db, rule, own, [.. others.Where(t => t.Status == RunStatus.Succeeded || t.Value is not null).Select(t => t.RunId)], ct)
                : await ByAshaAsync(db, rule, own, [.. others.Select(t => t.RunId)], ct);
            if (why is not null) found[trial.Index] = why;
        }

        return found;
    }

    private static async Task<string?> ByMedianAsync(NexusDb db, StoppingRule rule, Latest own, List<Guid> ended, CancellationToken ct)
    {
        if (ended.Count < rule.MinTrials) return null;
        var maximize = Maximize(own.Key);
        var mine = db.RunMetrics.Where(m => m.RunId == own.RunId && m.Key == own.Key && m.Step <= own.Step).Select(m => m.Value);
        var best = maximize ? await mine.MaxAsync(ct) : await mine.MinAsync(ct);
        var averages = await db.RunMetrics.Where(m => ended.Contains(m.RunId) && m.Key == own.Key && m.Step <= own.Step)
            .GroupBy(m => m.RunId).Select(g => g.Average(m => m.Value)).ToListAsync(ct);
        return MedianRule.Exceeded(best, averages, maximize, rule.MinTrials) is { } median
            ? $"stopped at iteration {own.Step}: its best {Name(own.Key)} {Text(best)} is worse than {Text(median)}, the median of {averages.Count} earlier runs up to there"
            : null;
    }

    private static async Task<string?> ByAshaAsync(NexusDb db, StoppingRule rule, Latest own, List<Guid> others, CancellationToken ct)
    {
        var rung = AshaRule.Rung(own.Step, rule.MinSteps, rule.Reduction)!.Value;
        others.Add(own.RunId);
        var first = db.RunMetrics.Where(m => others.Contains(m.RunId) && m.Key == own.Key && m.Step >= rung).GroupBy(m => m.RunId).Select(g => g.Min(m => m.Id));
        var there = await db.RunMetrics.Where(m => first.Contains(m.Id)).Select(m => new { m.RunId, m.Value, m.Id }).ToListAsync(ct);
        if (there.Find(m => m.RunId == own.RunId) is not { } mine) return null;
        // Points are numbered as they arrive: who came to the rung later is no judge of who was there before.
        var earlier = there.Where(m => m.Id < mine.Id).Select(m => m.Value).ToList();
        return AshaRule.Dropped(mine.Value, earlier, Maximize(own.Key), rule.Reduction) is { } place
            ? $"stopped at iteration {own.Step}: with {Name(own.Key)} {Text(mine.Value)} at {rung} it was number {place} of {earlier.Count + 1} runs there, and one in {rule.Reduction} goes on"
            : null;
    }

    /// <summary>By the curve's own name: what is lost or missed is to be small.</summary>
    internal static bool Maximize(string key)
    {
        var name = key[(key.LastIndexOfAny(['.', '/']) + 1)..];
        return !Training.Evaluation.MetricNames.LessIsBetter(name)
            && !name.Contains("loss", StringComparison.OrdinalIgnoreCase) && !name.Contains("error", StringComparison.OrdinalIgnoreCase);
    }

    private static string Name(string key) => key[(key.LastIndexOf('/') + 1)..];

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private sealed record Latest(Guid RunId, string Key, long Step);
}
