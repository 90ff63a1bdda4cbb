namespace Nexus.Data.Samples;

/// <summary>What a removal took away, by kind, and what it left.</summary>
public sealed record RemovedSample(IReadOnlyDictionary<string, long> Removed, IReadOnlyList<SampleStay> Stays);
