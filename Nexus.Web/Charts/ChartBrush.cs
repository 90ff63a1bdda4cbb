namespace Nexus.Web.Charts;

/// <summary>A stretch of an axis, in the axis's own numbers; without ends it was let go.</summary>
public sealed record ChartBrush(int Axis, double? From, double? To);
