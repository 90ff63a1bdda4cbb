using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Sweeps.Strategies;

namespace Nexus.Jobs.Sweeps;

/// <summary>Checks what is asked for before anything is queued: bounds, strategy, and that the runs compose.</summary>
internal sealed class SweepPlanner(
    IDbContextFactory<NexusDb> contexts, PipelineComposer composer, IOptions<SweepOptions> options, IOptions<JobsOptions> jobs)
{
    private const int EndlessTrials = 50;
    private const int MaxParallel = 64;
    private const int MaxOverrides = 200;
    private const int MaxDimensions = 50;

    /// <summary>So many documents are composed at most; a smaller sweep is composed whole.</summary>
    private const int Sample = 100;

    /// <exception cref="RefusedException">NotFound: pipeline. Invalid: what is wrong with which field, or with which override.</exception>
    public async Task<SweepPlan> PlanAsync(
        string pipeline, SweepSpace space, string? dataset, SweepStrategy? strategy, int? maxTrials, int? parallel, CancellationToken ct)
    {
        Check(space);
        var endless = space.Dimensions.Any(d => d.Interval is not null);
        var chosen = strategy ?? (endless ? SweepStrategy.Tpe : SweepStrategy.Grid);
        if (chosen == SweepStrategy.Grid && endless)
            throw Refused.Invalid("strategy", $"{space.Dimensions.First(d => d.Interval is not null).Path} is an interval, which has no grid. Take random or tpe, or list its values.");
        var combinations = SpacePoints.Count(space);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Pipelines.AsNoTracking().FirstOrDefaultAsync(p => p.Name == pipeline, ct) ?? throw Refused.NotFound("pipeline", pipeline);
        var yaml = await db.PipelineRevisions.Where(r => r.PipelineId == row.Id && r.Revision == row.Revision).Select(r => r.Yaml).SingleAsync(ct);
        var trials = Trials(chosen, combinations, maxTrials);
        if (dataset is not null) await RunLauncher.CheckDatasetAsync(db, dataset, ct);
        return new(row, space, chosen, combinations, trials, Parallel(parallel), await ComposeAsync(yaml, space, combinations, dataset, ct));
    }

    /// <summary>
    /// Runs are compared, so all of them read the same rows: where the pipeline's one ingest reads the newest version of a dataset, the
    /// one that is newest now.
    /// </summary>
    public async Task<string?> PinAsync(SweepPlan plan, string? dataset, CancellationToken ct)
    {
        var read = plan.Composed.Select(d => d.Steps.Where(s => s.Component == "ingest").Select(s => (string?)s.With["dataset"]).ToList()).ToList();
        if (read.Exists(names => names.Count != 1 || names[0] != read[0][0]) || DatasetRef.Read(read[0][0] ?? "") is not ({ } name, null)) return dataset;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var newest = await db.DatasetVersions.Where(v => v.DatasetName == name).MaxAsync(v => (int?)v.Version, ct);
        return newest is null ? dataset : $"{name}@{newest}";
    }

    private static void Check(SweepSpace space)
    {
        if (space.Dimensions.Count == 0)
            throw Refused.Invalid("overrides", "No override names several values, so there is nothing to sweep over: train.params.leaves=15,31,63.");
        if (space.Dimensions.Count > MaxDimensions || space.Fixed.Count > MaxOverrides)
            throw Refused.Invalid("overrides", $"A sweep has at most {MaxDimensions} settings that vary and {MaxOverrides} that do not.");
        foreach (var (path, interval) in space.Dimensions.Where(d => d.Interval is not null).Select(d => (d.Path, d.Interval!)))
        {
            if (!double.IsFinite(interval.Low) || !double.IsFinite(interval.High) || interval.Low >= interval.High)
                throw Refused.Invalid("overrides", $"{path}: an interval goes from a smaller to a larger number.");
            if (interval.Logarithmic && interval.Low <= 0)
                throw Refused.Invalid("overrides", $"{path}: a logarithmic interval begins above 0.");
            if (interval.Integer && (Math.Ceiling(interval.High) - Math.Ceiling(interval.Low) < 1 || Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High)) > 1e15))
                throw Refused.Invalid("overrides", $"{path}: there is no whole number in the interval.");
        }
    }

    private int Trials(SweepStrategy strategy, long combinations, int? asked)
    {
        var most = options.Value.MaxTrials;
        if (asked is { } wanted && (wanted < 1 || wanted > most)) throw Refused.Invalid("maxTrials", $"maxTrials is 1 to {most}.");
        if (asked is null && strategy == SweepStrategy.Grid && combinations > most)
            throw Refused.Invalid("maxTrials", combinations == long.MaxValue
                ? $"The grid has more combinations than can be counted, and a sweep makes at most {most} runs. Say maxTrials, or take random or tpe."
                : $"The grid has {combinations:N0} combinations, and a sweep makes at most {most} runs. Say maxTrials, or take random or tpe.");
        var trials = asked ?? (strategy == SweepStrategy.Grid ? most : Math.Min(EndlessTrials, most));
        return (int)Math.Min(trials, combinations);
    }

    private int Parallel(int? asked) => asked is { } wanted
        ? wanted is < 1 or > MaxParallel ? throw Refused.Invalid("parallel", $"parallel is 1 to {MaxParallel}.") : wanted
        : Math.Max(1, jobs.Value.Workers - 1);

    private async Task<List<PipelineDocument>> ComposeAsync(string yaml, SweepSpace space, long combinations, string? dataset, CancellationToken ct)
    {
        var documents = new List<PipelineDocument>();
        foreach (var point in Points(space, combinations)) documents.Add(await composer.ComposeAsync(yaml, Trial.Overrides(space, point), dataset, ct));
        return documents;
    }

    // A small grid whole; of a larger space the first point, and each value of each dimension beside it, as far as the sample goes.
    internal static IEnumerable<IReadOnlyList<string>> Points(SweepSpace space, long combinations)
    {
        if (combinations <= Sample) return Enumerable.Range(0, (int)combinations).Select(i => SpacePoints.At(space, i));
        var values = space.Dimensions.Select(d => d.Choices ?? [SpacePoints.At(d.Interval!, 0), SpacePoints.At(d.Interval!, Math.BitDecrement(1.0))]).ToList();
        var first = values.Select(v => v[0]).ToArray();
        var each = Math.Max(2, (Sample - 1) / values.Count);
        return values.SelectMany((all, d) => Spread(all, each).Select(value => (IReadOnlyList<string>)[.. first[..d], value, .. first[(d + 1)..]]))
            .Prepend(first).DistinctBy(RandomStrategy.Key);
    }

    private static IEnumerable<string> Spread(IReadOnlyList<string> all, int most) =>
        all.Count <= most ? all : Enumerable.Range(0, most).Select(i => all[(int)((long)i * (all.Count - 1) / (most - 1))]);
}
