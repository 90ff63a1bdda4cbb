using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Sweeps;

/// <summary>
/// How long a sweep may take, from the durations of the pipeline's steps in its latest runs, those from the cache left out. What no
/// value changes works once at most and comes from the cache after; what changes, and all that follows from it, works in every run.
/// </summary>
internal sealed class SweepEstimator(IDbContextFactory<NexusDb> contexts)
{
    private const int LatestRuns = 50;

    public async Task<SweepEstimate> EstimateAsync(SweepPlan plan, CancellationToken ct)
    {
        var combinations = plan.Combinations == long.MaxValue ? (long?)null : plan.Combinations;
        SweepEstimate Tell(double? least, double? most, string basis) => new(plan.MaxTrials, combinations, plan.Parallel, least, most, basis);
        var took = await DurationsAsync(plan.Pipeline, ct);
        if (took.Count == 0) return Tell(null, null, "unknown: no run of this pipeline has succeeded yet");
        var (again, once) = Parted(plan.Composed);
        if (again.Concat(once).FirstOrDefault(step => !took.ContainsKey(step)) is { } missing)
            return Tell(null, null, $"unknown: step {missing} has never worked yet");
        var rounds = Math.Ceiling((double)plan.MaxTrials / plan.Parallel);
        double Sum(IEnumerable<string> steps, Func<List<double>, double> pick) => steps.Sum(step => pick(took[step]));
        double Least(List<string> steps) => Longest(plan.Composed[0].Steps, steps.ToDictionary(s => s, s => took[s].Min()));
        var basis = $"by the quickest and the slowest of the latest {again.Max(step => took[step].Count)} executions of {string.Join(", ", again)}, {plan.Parallel} at a time"
            + (once.Count > 0 ? $"; {string.Join(", ", once)} {(once.Count == 1 ? "works" : "work")} once" : "");
        return Tell(Least(once) + (rounds * Least(again)), Sum(once, d => d.Max()) + (rounds * Sum(again, d => d.Max())), basis);
    }

    private async Task<Dictionary<string, List<double>>> DurationsAsync(Pipeline pipeline, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await db.Runs.Where(r => r.PipelineId == pipeline.Id && r.Status == RunStatus.Succeeded)
            .OrderByDescending(r => r.Number).Take(LatestRuns).Select(r => r.Id).ToListAsync(ct);
        var steps = await db.RunSteps.Where(s => runs.Contains(s.RunId) && s.Status == StepStatus.Succeeded && !s.Cached && s.StartedAt != null && s.EndedAt != null)
            .Select(s => new { s.Name, s.StartedAt, s.EndedAt }).ToListAsync(ct);
        return steps.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.Select(s => (s.EndedAt!.Value - s.StartedAt!.Value).TotalSeconds).ToList());
    }

    /// <summary>How long the steps take at least: those side by side that may.</summary>
    /// <param name="steps">In the order of execution.</param>
    /// <param name="took">Of those that work.</param>
    internal static double Longest(IReadOnlyList<PipelineStep> steps, IReadOnlyDictionary<string, double> took)
    {
        var ends = new Dictionary<string, double>();
        foreach (var step in steps.Where(s => took.ContainsKey(s.Name)))
            ends[step.Name] = took[step.Name] + step.Inputs.Values.Select(from => ends.GetValueOrDefault(from)).DefaultIfEmpty().Max();
        return ends.Values.DefaultIfEmpty().Max();
    }

    /// <summary>The steps that differ between the sample's documents, or follow from one that does; and the others.</summary>
    internal static (List<string> Again, List<string> Once) Parted(IReadOnlyList<PipelineDocument> sample)
    {
        var (again, once) = (new List<string>(), new List<string>());
        var documents = sample.Select(d => JsonNode.Parse(d.Composed)!["steps"]!).ToList();
        foreach (var step in sample[0].Steps) // in the order of execution
        {
            var differs = documents.Any(d => !JsonNode.DeepEquals(d[step.Name], documents[0][step.Name]));
            (differs || step.Inputs.Values.Any(again.Contains) ? again : once).Add(step.Name);
        }

        if (again.Count == 0) (again, once) = (once, []); // nothing differs by itself: then all may
        return (again, once);
    }
}
