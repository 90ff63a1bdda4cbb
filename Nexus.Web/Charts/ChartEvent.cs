namespace Nexus.Web.Charts;

/// <summary>A thin vertical with a label: a deployment, a retraining, an incident.</summary>
/// <param name="X">As the points' X.</param>
public sealed record ChartEvent(double X, string Label);
