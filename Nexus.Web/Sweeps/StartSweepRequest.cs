using Nexus.Data;
using Nexus.Data.Sweeps;
using Nexus.Jobs.Sweeps;

namespace Nexus.Web.Sweeps;

/// <param name="Overrides">As for a run; at least one names several values: <c>train.params.leaves=15,31,63</c>, <c>train.params.learningRate=tag(log, interval(0.01, 0.3))</c>.</param>
/// <param name="Metric">What is to be best, as the evaluate step names it: <c>auc</c>. An estimate does without.</param>
/// <param name="Strategy"><c>grid</c>, <c>random</c> or <c>tpe</c>; without it grid, or tpe where an interval makes the grid endless.</param>
/// <param name="Maximize">Without it as the metric is known.</param>
/// <param name="MaxTrials">Runs at most; without it every combination, or 50 of endless ones.</param>
/// <param name="Parallel">Runs at the same time; without it all workers but one.</param>
/// <param name="Seed">Of random and tpe.</param>
/// <param name="Stopping">When a hopeless run is stopped; without it every run goes to its end.</param>
/// <param name="Dataset">Binds the ingest step's dataset: <c>elec2</c> or <c>elec2@3</c>.</param>
internal sealed record StartSweepRequest(
    IReadOnlyList<string>? Overrides = null,
    string? Metric = null,
    SweepStrategy? Strategy = null,
    bool? Maximize = null,
    int? MaxTrials = null,
    int? Parallel = null,
    int? Seed = null,
    StoppingRequest? Stopping = null,
    string? Dataset = null)
{
    /// <exception cref="RefusedException">Invalid, where an override is no text.</exception>
    public NewSweep For(string pipeline)
    {
        var overrides = Overrides ?? [];
        if (overrides.Any(o => o is null)) throw Refused.Invalid("overrides", "An override is a text.");
        return new(pipeline, overrides, Metric ?? "", Dataset, Strategy, Maximize, MaxTrials, Parallel, Seed, Stopping?.ToRule());
    }
}
