using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>A labelled dashed line across a chart: a limit, a bar, a level to compare with.</summary>
public sealed record Threshold(double Value, string Label, ChipState State = ChipState.Bad);
