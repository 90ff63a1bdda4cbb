using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>Reads the curves of a run's metrics.</summary>
public sealed class RunMetricService(IDbContextFactory<NexusDb> contexts)
{
    /// <summary>
    /// The history in the order of arrival, thinned to about <paramref name="maxPoints"/>: of each stretch its smallest and
    /// largest value, so that no spike is lost.
    /// </summary>
    /// <exception cref="RefusedException">NotFound: the run, or a metric that it does not have.</exception>
    public async Task<IReadOnlyList<MetricPoint>> HistoryAsync(Guid runId, string key, int maxPoints, CancellationToken ct)
    {
        if (maxPoints is < 2 or > 10_000) throw Refused.Invalid("points", "points is 2 to 10000.");
        await using var db = await contexts.CreateDbContextAsync(ct);
        var history = db.RunMetrics.AsNoTracking().Where(m => m.RunId == runId && m.Key == key).OrderBy(m => m.Id);
        var count = await history.CountAsync(ct);
        if (count == 0 && !await db.RunLatestMetrics.AnyAsync(m => m.RunId == runId && m.Key == key, ct))
            throw await db.Runs.AnyAsync(r => r.Id == runId, ct) ? Refused.NotFound("metric", key) : Refused.NotFound("run", runId);

        var points = history.Select(m => new MetricPoint(m.Step, m.Value, m.At));
        if (count <= maxPoints) return await points.ToListAsync(ct);
        return await ThinAsync(points.AsAsyncEnumerable(), (int)Math.Ceiling(count / (maxPoints / 2.0)), ct);
    }

    private static async Task<List<MetricPoint>> ThinAsync(IAsyncEnumerable<MetricPoint> points, int stretch, CancellationToken ct)
    {
        var thin = new List<MetricPoint>();
        MetricPoint? low = null, high = null;
        var seen = 0;
        await foreach (var point in points.WithCancellation(ct))
        {
            if (low is null || point.Value < low.Value) low = point;
            if (high is null || point.Value >= high.Value) high = point;
            if (++seen % stretch != 0) continue;
            Keep();
        }

        Keep();
        return thin;

        void Keep()
        {
            if (low is null) return;
            if (low == high) thin.Add(low);
            else thin.AddRange(low.Step <= high!.Step ? [low, high] : [high, low]);
            (low, high) = (null, null);
        }
    }
}
