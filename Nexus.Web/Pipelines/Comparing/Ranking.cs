using Nexus.Data.Pipelines;
using Nexus.Data.Pipelines.Comparing;
using Nexus.Jobs.Sweeps;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>Which of the runs is best by a metric, and which cannot be told from it: a <see cref="Contest"/>.</summary>
/// <param name="Order">Positions of the runs that succeeded and have the metric, the best first.</param>
/// <param name="AsGood">Positions of those that cannot be told from the best, in that order.</param>
/// <param name="Quicker">Of those the one that was done in at most two thirds of the best's time.</param>
public sealed record Ranking(string Metric, bool LessIsBetter, IReadOnlyList<int> Order, IReadOnlyList<int> AsGood, (int Run, double Share)? Quicker)
{
    public int? Best => Order.Count > 0 ? Order[0] : null;

    public static Ranking Of(RunComparison comparison, string metric, bool lessIsBetter)
    {
        var known = comparison.Runs.Select((run, at) => (At: at, Value: run.Summary.Metrics.GetValueOrDefault(metric)))
            .Where(pair => pair.Value is not null && comparison.Runs[pair.At].Summary.Status == RunStatus.Succeeded).ToList();
        var order = (lessIsBetter ? known.OrderBy(pair => pair.Value!.Value) : known.OrderByDescending(pair => pair.Value!.Value)).ThenBy(pair => comparison.Runs[pair.At].Seconds).ToList();
        if (order.Count == 0) return new(metric, lessIsBetter, [], [], null);
        var asGood = Contest.Of([.. order.Select(pair => pair.Value!)], !lessIsBetter).AsGood.Select(at => order[at].At).ToList();
        return new(metric, lessIsBetter, [.. order.Select(pair => pair.At)], asGood, Fastest(comparison, order[0].At, asGood));
    }

    private static (int, double)? Fastest(RunComparison comparison, int best, List<int> asGood)
    {
        if (comparison.Runs[best].Seconds is not ({ } bests and > 1)) return null;
        var quick = asGood.Where(at => comparison.Runs[at].Seconds is > 0).OrderBy(at => comparison.Runs[at].Seconds).Select(at => (int?)at).FirstOrDefault();
        return quick is { } run && comparison.Runs[run].Seconds / bests is { } share and <= 2 / 3.0 ? (run, share) : null;
    }
}
