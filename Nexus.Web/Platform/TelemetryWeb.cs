using Nexus.Data.Storage;
using Nexus.Inference.Agents;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Nexus.Web.Platform;

/// <summary>
/// Traces and metrics of all rooms: to Prometheus at <c>/metrics</c>, unless <c>Nexus:Telemetry:Metrics</c> is false, and to a
/// collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
/// </summary>
internal static class TelemetryWeb
{
    private const string MetricsKey = "Nexus:Telemetry:Metrics";
    private const string CollectorKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] Rooms = [DataTelemetry.Name, InferenceTelemetry.Name, JobsTelemetry.Name, WebTelemetry.Name];

    public static IServiceCollection AddTelemetryWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var collector = !string.IsNullOrEmpty(configuration[CollectorKey]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("nexus-portal", serviceVersion: typeof(TelemetryWeb).Assembly.GetName().Version!.ToString(3)));
        if (collector) telemetry.WithTracing(tracing => tracing.AddSource(Rooms).AddOtlpExporter());
        if (IsServed(configuration) || collector)
        {
            telemetry.WithMetrics(metrics =>
            {
                metrics.AddMeter(Rooms).AddMeter("System.Runtime");
                if (IsServed(configuration)) metrics.AddPrometheusExporter();
                if (collector) metrics.AddOtlpExporter();
            });
        }

        return services;
    }

    /// <summary>It names agents and pipelines' components: for a key of any role.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        if (IsServed(app.Configuration)) app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policies.Viewer).ServedByAll();
    }

    private static bool IsServed(IConfiguration configuration) => configuration.GetValue(MetricsKey, defaultValue: true);
}
