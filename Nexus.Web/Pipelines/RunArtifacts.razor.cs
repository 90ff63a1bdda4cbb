using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>What a run has made, and what its validation found odd.</summary>
public sealed partial class RunArtifacts : ComponentBase
{
    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;

    private IReadOnlyList<RunArtifactView> Made => Run.Artifacts;

    private IReadOnlyList<(string Severity, string Text)> Anomalies =>
        [.. Run.Steps.SelectMany(step => step.Output?["facts"]?["anomalies"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(anomaly => (anomaly["severity"]?.ToString() ?? "warning", anomaly["long"]?.ToString() ?? anomaly["short"]?.ToString() ?? ""))
            .DistinctBy(anomaly => anomaly.Item2)];
}
