namespace Nexus.Data.Agents;

/// <summary>A model version that an agent served, and since when first.</summary>
public sealed record ServedModelVersion(string Model, int Version, DateTimeOffset Since);
