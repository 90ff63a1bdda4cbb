using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <param name="Key">The metric.</param>
/// <param name="Curves">Of the runs that have it.</param>
internal sealed record RunCurvesResponse(string Key, IReadOnlyList<RunCurve> Curves);
