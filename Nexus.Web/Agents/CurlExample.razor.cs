using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Agents;
using Nexus.Data.Registry;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Agents;

/// <summary>The call that gets a decision, with values that the model's training split had.</summary>
public sealed partial class CurlExample : ComponentBase
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private string _text = "";

    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Inject] public required ModelCatalog Models { get; init; }
    [Inject] public required MonitoringService Monitoring { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (Agent.ProductionVersion is not { } version) return;
        var inputs = await ExampleInputs.MakeAsync(Models, Monitoring, Agent.Model, version, CancellationToken.None);
        var body = new JsonObject { ["inputs"] = inputs }.ToJsonString(Relaxed).Replace("'", "'\\''", StringComparison.Ordinal);
        _text = $"""
            curl -X POST {Navigation.BaseUri}api/v1/agents/{Agent.Name}/decide \
              -H "Authorization: Bearer $NEXUS_KEY" -H "Content-Type: application/json" \
              -d '{body}'
            """;
    }
}
