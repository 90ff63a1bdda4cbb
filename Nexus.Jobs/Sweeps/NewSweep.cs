using Nexus.Data.Sweeps;

namespace Nexus.Jobs.Sweeps;

/// <summary>A sweep that somebody asks for.</summary>
/// <param name="Overrides">As for a run; at least one names several values: <c>train.params.leaves=15,31,63</c>.</param>
/// <param name="Metric">What is to be best, as the evaluate step names it: <c>auc</c>.</param>
/// <param name="Dataset">Binds the ingest step's dataset.</param>
/// <param name="Strategy">Null: grid, or TPE where an interval makes the grid endless.</param>
/// <param name="Maximize">Null: as the metric is known; an unknown one is maximized.</param>
/// <param name="MaxTrials">Null: every combination, or 50 of endless ones.</param>
/// <param name="Parallel">Runs at the same time, 1 to 64; null: all workers but one, which stays free for others.</param>
/// <param name="Seed">Of random and TPE; null: 0.</param>
/// <param name="Stopping">Null: every run goes to its end.</param>
public sealed record NewSweep(
    string Pipeline,
    IReadOnlyList<string> Overrides,
    string Metric,
    string? Dataset = null,
    SweepStrategy? Strategy = null,
    bool? Maximize = null,
    int? MaxTrials = null,
    int? Parallel = null,
    int? Seed = null,
    StoppingRule? Stopping = null);
