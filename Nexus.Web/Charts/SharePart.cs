namespace Nexus.Web.Charts;

/// <summary>A part of a <see cref="ShareBar"/>.</summary>
/// <param name="Share">0…1.</param>
public sealed record SharePart(string Label, double Share);
