namespace Nexus.Data.Registry;

/// <param name="X">The value, for numbers and times.</param>
/// <param name="Category">The value, for categories; empty for missing.</param>
/// <param name="Low">A tenth of the rows answer less.</param>
/// <param name="High">A tenth of the rows answer more.</param>
public sealed record DependencePoint(double? X, string? Category, double Mean, double Low, double High);
