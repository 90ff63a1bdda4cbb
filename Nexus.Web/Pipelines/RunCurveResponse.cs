using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <param name="Key">The step and the metric: <c>train/auc</c>.</param>
internal sealed record RunCurveResponse(string Key, IReadOnlyList<MetricPoint> Points);
