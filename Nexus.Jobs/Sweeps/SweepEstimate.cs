namespace Nexus.Jobs.Sweeps;

/// <summary>What a sweep would cost, before it starts.</summary>
/// <param name="Runs">How many runs it makes at most.</param>
/// <param name="Combinations">How many there are; null where an interval makes them endless.</param>
/// <param name="LeastSeconds">If every step takes as long as its quickest earlier execution; null where none has run yet.</param>
/// <param name="MostSeconds">The same by the slowest.</param>
/// <param name="Basis">What that was told from, in words.</param>
public sealed record SweepEstimate(int Runs, long? Combinations, int Parallel, double? LeastSeconds, double? MostSeconds, string Basis);
