namespace Nexus.Jobs.Training;

/// <summary>Where a trainer tells how it goes.</summary>
/// <param name="Metric">(key, value, iteration).</param>
/// <param name="Progress">(fraction or null, words).</param>
internal sealed record TrainingWatch(Action<string> Log, Action<string, double, long> Metric, Action<double?, string> Progress);
