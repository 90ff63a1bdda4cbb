namespace Nexus.Jobs.Sweeps;

/// <summary>The sweep after one more run has ended with a result.</summary>
/// <param name="Ended">1, 2, 3 …</param>
/// <param name="Value">That run's.</param>
/// <param name="Best">The best so far.</param>
public sealed record SweepProgress(int Ended, int? Number, double Value, double Best);
