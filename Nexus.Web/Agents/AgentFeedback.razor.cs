using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Feedback;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>What came back on the agent's decisions.</summary>
public sealed partial class AgentFeedback : ComponentBase
{
    private KeysetTable<FeedbackView>? _table;
    private int _shown;

    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Parameter, EditorRequired] public PerformanceReport Performance { get; set; } = null!;

    /// <summary>Counts up when something moved.</summary>
    [Parameter] public int Moves { get; set; }
    [Inject] public required FeedbackReader Feedback { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private string Summary => Performance.Deviation is { } deviation
        ? $"{Format.Count(Performance.Labeled)} of {Format.Count(Performance.Decisions)} decisions of the range have a label; mean absolute error {Format.Estimate(deviation.Mae, deviation.MaeLower, deviation.MaeUpper)}"
        : Performance.Accuracy is { } accuracy
        ? $"{Format.Count(accuracy.Labeled)} of {Format.Count(Performance.Decisions)} decisions of the range have a label; accuracy {Format.Estimate(accuracy.Value, accuracy.Lower, accuracy.Upper)}"
        : "no labels on decisions of the range";

    private string Curl => $$"""
        curl -X POST {{Navigation.BaseUri}}api/v1/feedback \
          -H "Authorization: Bearer $NEXUS_KEY" -H "Content-Type: application/json" \
          -d '[{"decisionId": "…", "kind": "label", "value": "…"}]'
        """;

    protected override async Task OnParametersSetAsync()
    {
        if (_table is null || _shown == Moves) return;
        _shown = Moves;
        await _table.ReloadAsync();
    }

    private Task<Page<FeedbackView>> LoadAsync(PageRequest request, CancellationToken ct) => Feedback.ListAsync(Agent.Name, request, ct);
}
