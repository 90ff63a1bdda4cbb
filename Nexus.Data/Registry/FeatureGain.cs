namespace Nexus.Data.Registry;

/// <param name="Share">Of the gain of all splits, 0…1.</param>
/// <param name="Splits">Splits on the feature.</param>
public sealed record FeatureGain(string Feature, double Share, int Splits);
