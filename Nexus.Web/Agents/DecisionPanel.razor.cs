using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Feedback;
using Nexus.Inference.Monitoring;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>One decision: what it was asked, against what the model learnt from; how sure it was; what came back.</summary>
public sealed partial class DecisionPanel : ComponentBase
{
    private DecisionView? _decision;
    private IReadOnlyList<(string Name, double Score)> _scores = [];
    private IReadOnlyList<Input> _inputs = [];
    private string? _missing;
    private string _truth = "";
    private int _shown = -1;

    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Parameter, EditorRequired] public Guid Id { get; set; }
    [Parameter, EditorRequired] public string CloseAddress { get; set; } = "";
    [Parameter] public IReadOnlyList<string> Classes { get; set; } = [];

    /// <summary>Counts up when something moved.</summary>
    [Parameter] public int Moves { get; set; }
    [Inject] public required DecisionReader Decisions { get; init; }
    [Inject] public required MonitoringService Monitoring { get; init; }
    [Inject] public required FeedbackService Feedback { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }

    /// <summary>The score of the answered class, or a regression's value.</summary>
    internal static double? ScoreOf(DecisionView decision) =>
        decision.Label is { } label && decision.Scores.ValueKind == JsonValueKind.Object
        && decision.Scores.TryGetProperty(label, out var score) && score.ValueKind == JsonValueKind.Number
            ? score.GetDouble()
            : decision.Value;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Moves) return;
        _shown = Moves;
        try
        {
            _decision = await Decisions.GetAsync(Id, CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            _missing = refusal.Message;
            return;
        }

        _scores = _decision.Scores.ValueKind == JsonValueKind.Object
            ? [.. _decision.Scores.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Number)
                .Select(s => (s.Name, s.Value.GetDouble())).OrderByDescending(s => s.Item2).Take(10)]
            : [];
        var layout = await Monitoring.LayoutAsync(Agent.Model, _decision.ModelVersion, CancellationToken.None);
        _inputs = _decision.Inputs.ValueKind == JsonValueKind.Object ? [.. _decision.Inputs.EnumerateObject().Select(i => Input.Of(i, layout))] : [];
    }

    private async Task TellAsync()
    {
        var item = new FeedbackInput(Id, FeedbackKinds.Label, CanonicalJson.Write(_truth));
        if (await Notices.TryAsync(async () => await Feedback.AcceptAsync([item], await Me.GetAsync(), CancellationToken.None), "Told.")) _truth = "";
    }

    /// <summary>One feature's value and where it lies in training.</summary>
    private sealed record Input(string Name, string Value, IReadOnlyList<double>? Reference, int Bin, string? BinName)
    {
        public static Input Of(JsonProperty input, FeatureLayout? layout)
        {
            var text = input.Value.ValueKind == JsonValueKind.String ? input.Value.GetString()! : input.Value.GetRawText();
            if (layout?.IndexOf(input.Name) is not { } index || index < 0) return new(input.Name, text, null, 0, null);
            var binner = layout.Binners[index];
            var bin = input.Value.ValueKind switch
            {
                JsonValueKind.Number => binner.Of(input.Value.GetDouble()),
                JsonValueKind.True => binner.Of(1.0),
                JsonValueKind.False => binner.Of(0.0),
                JsonValueKind.String => binner.Of(text.AsSpan()),
                _ => binner.Missing,
            };
            var rows = (double)Math.Max(1, binner.Reference.Counts.Sum());
            return new(input.Name, bin == binner.Missing ? "missing" : text, [.. binner.Reference.Counts.Select(c => c / rows)], bin, binner.Names()[bin]);
        }
    }
}
