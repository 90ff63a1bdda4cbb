namespace Nexus.Inference.Experiments;

/// <summary>What an analysis of variance found.</summary>
/// <param name="EtaSquared">Share of the variance that lies between the groups, 0…1.</param>
/// <param name="F">Variance between the groups over variance within them.</param>
/// <param name="PValue">How often chance alone gives such an <paramref name="F"/>, 0…1.</param>
public sealed record AnovaResult(double EtaSquared, double F, double PValue, int Groups, int Count);
