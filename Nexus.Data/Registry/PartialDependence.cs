namespace Nexus.Data.Registry;

/// <summary>The mean answer if every row had a value of the feature (Friedman 2001), with the spread of the single rows' answers.</summary>
/// <param name="Kind">numeric, time (microseconds since 1970 UTC) or categorical.</param>
/// <param name="Output">The class whose score it is; empty for a number.</param>
/// <param name="Rows">Rows that were asked.</param>
public sealed record PartialDependence(string Feature, string Kind, string Output, int Rows, IReadOnlyList<DependencePoint> Points);
