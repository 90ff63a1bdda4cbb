using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nexus.Web.Platform;

/// <summary>What this room tells of its work: requests, by the names of OpenTelemetry's semantic conventions for HTTP.</summary>
internal static class WebTelemetry
{
    /// <summary>Of its traces and its metrics.</summary>
    public const string Name = "Nexus.Web";

    public static ActivitySource Source { get; } = new(Name);

    public static Histogram<double> Requests { get; } = new Meter(Name).CreateHistogram(
        "http.server.request.duration", "s", "Requests, from their headers to the end of their answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] });
}
