using System.Globalization;
using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>Holds what was measured to what the pipeline asks for.</summary>
internal sealed class Gates(EvaluateOptions options, IReadOnlyDictionary<string, MetricEstimate> metrics, IReadOnlyList<EvaluationSlice> slices)
{
    public IEnumerable<EvaluationGate> Require()
    {
        foreach (var (metric, bounds) in options.Require)
        {
            foreach (var gate in Bounded(metric, null, bounds, metrics)) yield return gate;
            if (bounds.Slices is null) continue;
            foreach (var slice in slices.Where(s => s.Rows >= options.MinSliceRows))
                foreach (var gate in Bounded(metric, slice.Name, bounds.Slices, slice.Metrics)) yield return gate;
        }
    }

    /// <param name="production">Null where there is none to compare with.</param>
    /// <param name="because">Why there is none; an obstacle where it could not be scored, so that the gate is unmet.</param>
    public IEnumerable<EvaluationGate> Beat(ProductionComparison? production, string because, bool isObstacle)
    {
        foreach (var (metric, margin) in options.Beat?.Production ?? new Dictionary<string, EvaluateOptions.Margin>())
        {
            if (production is null)
            {
                yield return new("beat", metric, null, "by", margin.By, null, !isObstacle, because);
                continue;
            }

            if (!production.Differences.TryGetValue(metric, out var difference)) throw Unknown($"beat.production.{metric}", metric);
            var better = MetricNames.LessIsBetter(metric) ? -difference.Value : difference.Value;
            var passed = better >= margin.By;
            yield return new("beat", metric, null, "by", margin.By, better, passed,
                $"{metric} is {Text(metrics[metric].Value)}, {Text(Math.Abs(better))} {(better >= 0 ? "better" : "worse")} than the {Text(production.Metrics[metric].Value)} of {production.Model} {production.Version} in Production, {(passed ? "which meets" : "which misses")} the margin of {Text(margin.By)}");
        }
    }

    private static IEnumerable<EvaluationGate> Bounded(
        string metric, string? slice, EvaluateOptions.Bounds bounds, IReadOnlyDictionary<string, MetricEstimate> found)
    {
        double? value = found.TryGetValue(metric, out var estimate) ? estimate.Value : null;
        // A slice of one class has no AUC; all rows together must have what is asked for.
        if (value is null && slice is not null) yield break;
        if (value is null) throw Unknown($"require.{metric}", metric);
        var where = slice is null ? "" : $" on {slice}";
        if (bounds.Min is { } min)
            yield return new("require", metric, slice, "min", min, value, value >= min, $"{metric} is {Text(value.Value)}{where}, {(value >= min ? "at least" : "below")} the required {Asked(min)}");
        if (bounds.Max is { } max)
            yield return new("require", metric, slice, "max", max, value, value <= max, $"{metric} is {Text(value.Value)}{where}, {(value <= max ? "at most" : "above")} the allowed {Asked(max)}");
    }

    private static RefusedException Unknown(string path, string metric) =>
        Refused.Invalid(path, $"The test rows define no '{metric}'.");

    /// <summary>As it was asked for: rounded, a value could seem to meet it.</summary>
    private static string Asked(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
