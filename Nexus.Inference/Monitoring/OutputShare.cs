namespace Nexus.Inference.Monitoring;

/// <param name="Share">Of the window's answers, 0…1.</param>
/// <param name="TrainingShare">Of the training split's labels; null where it is not known.</param>
public sealed record OutputShare(string Label, long Count, double Share, double? TrainingShare);
