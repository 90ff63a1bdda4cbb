using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>Reads one metric's curves of many runs at once, thinned by the database.</summary>
public sealed class RunCurveService(IDbContextFactory<NexusDb> contexts)
{
    public const int MaxRuns = 20;

    /// <summary>
    /// The curves over a common axis of steps, each with at most <paramref name="points"/> points; runs without the metric are left out.
    /// The steps are cut into stretches of equal length; each gives its least and its largest value, in the order of the curve's slope there,
    /// so that no spike is lost.
    /// </summary>
    /// <exception cref="RefusedException">Invalid: more than 20 runs, or points beyond 10 to 2,000.</exception>
    public async Task<IReadOnlyList<RunCurve>> ReadAsync(IReadOnlyCollection<Guid> runs, string key, int points, CancellationToken ct)
    {
        if (runs.Count > MaxRuns) throw Refused.Invalid("runs", $"Curves are read of at most {MaxRuns} runs at once.");
        if (points is < 10 or > 2000) throw Refused.Invalid("points", "points is 10 to 2000.");
        await using var db = await contexts.CreateDbContextAsync(ct);
        var history = db.RunMetrics.AsNoTracking().Where(m => runs.Contains(m.RunId) && m.Key == key);
        var steps = await history.GroupBy(_ => 1).Select(g => new { Low = g.Min(m => m.Step), High = g.Max(m => m.Step) }).SingleOrDefaultAsync(ct);
        if (steps is null) return [];
        var (low, width) = (steps.Low, Math.Max(1, (steps.High - steps.Low + (points / 2)) / (points / 2)));
        var stretches = await history.GroupBy(m => new { m.RunId, Stretch = (m.Step - low) / width })
            .Select(g => new Stretch(g.Key.RunId, g.Key.Stretch, g.Min(m => m.Step), g.Max(m => m.Step), g.Min(m => m.Value), g.Max(m => m.Value), g.Average(m => m.Value)))
            .ToListAsync(ct);
        return [.. stretches.GroupBy(s => s.RunId).Select(run => new RunCurve(run.Key, Points([.. run.OrderBy(s => s.Index)])))];
    }

    private static List<CurveStep> Points(Stretch[] stretches)
    {
        var points = new List<CurveStep>(stretches.Length * 2);
        for (var i = 0; i < stretches.Length; i++)
        {
            var here = stretches[i];
            if (here.Least.Equals(here.Most) || here.First == here.Last)
            {
                points.Add(new(here.First, here.Mean));
                continue;
            }

            var falls = stretches[Math.Min(i + 1, stretches.Length - 1)].Mean < stretches[Math.Max(i - 1, 0)].Mean;
            points.Add(new(here.First, falls ? here.Most : here.Least));
            points.Add(new(here.Last, falls ? here.Least : here.Most));
        }

        return points;
    }

    private sealed record Stretch(Guid RunId, long Index, long First, long Last, double Least, double Most, double Mean);
}
