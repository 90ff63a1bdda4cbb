namespace Nexus.Data.Datasets;

/// <summary>A value as text and how many rows have it.</summary>
public sealed record ValueCount(string Value, long Count);
