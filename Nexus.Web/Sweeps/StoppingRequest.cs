using Nexus.Jobs.Sweeps;

namespace Nexus.Web.Sweeps;

/// <param name="Rule"><c>median</c> or <c>asha</c>.</param>
/// <param name="Curve">The metric that is watched; without it the run's validation curve.</param>
/// <param name="MinSteps">No run is stopped before so many steps (10).</param>
/// <param name="MinTrials">Median: so many runs must have ended (5).</param>
/// <param name="Reduction">ASHA: one in so many goes on (4).</param>
internal sealed record StoppingRequest(StoppingKind Rule, string? Curve = null, int? MinSteps = null, int? MinTrials = null, int? Reduction = null)
{
    public StoppingRule ToRule()
    {
        var usual = new StoppingRule(Rule, Curve);
        return usual with { MinSteps = MinSteps ?? usual.MinSteps, MinTrials = MinTrials ?? usual.MinTrials, Reduction = Reduction ?? usual.Reduction };
    }
}
