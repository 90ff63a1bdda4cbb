using Nexus.Data;

namespace Nexus.Jobs.Sweeps;

/// <summary>When a run of a sweep is stopped before its end.</summary>
/// <param name="Curve">The metric that is watched, <c>train/valid.logLoss</c>; null: the run's validation curve.</param>
/// <param name="MinSteps">No run is stopped before so many steps; the first rung of ASHA.</param>
/// <param name="MinTrials">Median: so many runs must have ended before one is judged.</param>
/// <param name="Reduction">ASHA: one in so many goes on at each rung, and rungs are so many times further apart.</param>
public sealed record StoppingRule(StoppingKind Rule, string? Curve = null, int MinSteps = 10, int MinTrials = 5, int Reduction = 4)
{
    /// <exception cref="RefusedException">Invalid.</exception>
    internal void Check()
    {
        if (!Enum.IsDefined(Rule)) throw Refused.Invalid("stopping.rule", "rule is median or asha.");
        if (Curve is { Length: 0 or > 250 }) throw Refused.Invalid("stopping.curve", "A curve has 1 to 250 characters, as train/valid.logLoss.");
        if (MinSteps is < 1 or > 1_000_000) throw Refused.Invalid("stopping.minSteps", "minSteps is 1 to 1,000,000.");
        if (MinTrials is < 2 or > 1000) throw Refused.Invalid("stopping.minTrials", "minTrials is 2 to 1,000.");
        if (Reduction is < 2 or > 16) throw Refused.Invalid("stopping.reduction", "reduction is 2 to 16.");
    }
}
