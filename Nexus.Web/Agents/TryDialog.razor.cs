using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Inference.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Web.Identity;

namespace Nexus.Web.Agents;

/// <summary>A form of the model's inputs: what would it answer? Asks through the same door as programs do.</summary>
public sealed partial class TryDialog : ComponentBase
{
    private IReadOnlyList<Field>? _fields;
    private Answer? _answer;
    private string? _problem;
    private bool _asking;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter, EditorRequired] public AgentView Agent { get; set; } = null!;
    [Inject] public required ModelCatalog Models { get; init; }
    [Inject] public required MonitoringService Monitoring { get; init; }
    [Inject] public required DecisionService Decisions { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    public static Task ShowAsync(IDialogService dialogs, AgentView agent) => dialogs.ShowAsync<TryDialog>(
        agent.Name, new DialogParameters<TryDialog> { { d => d.Agent, agent } }, new() { MaxWidth = MaxWidth.Medium, FullWidth = true });

    protected override async Task OnInitializedAsync()
    {
        var version = Agent.ProductionVersion!.Value;
        var signature = (await Models.GetVersionAsync(Agent.Model, version, CancellationToken.None)).Signature;
        var example = await ExampleInputs.MakeAsync(Models, Monitoring, Agent.Model, version, CancellationToken.None);
        _fields = [.. signature.Inputs.Select(i => new Field(i.Name, i.Datatype) { Text = example[i.Name]?.ToString() ?? "" })];
    }

    private async Task AskAsync()
    {
        (_asking, _problem) = (true, null);
        try
        {
            (await Me.GetAsync()).Demand(Role.Engineer);
            var body = new JsonObject { ["inputs"] = new JsonObject(_fields!.Select(f => KeyValuePair.Create(f.Name, f.ToJson()))) };
            var started = Time.GetTimestamp();
            using var call = await Decisions.DecideAsync(Agent.Name, Encoding.UTF8.GetBytes(body.ToJsonString()), started);
            _answer = Answer.Read(call.Answer.WrittenMemory, Time.GetElapsedTime(started));
        }
        catch (RefusedException refusal)
        {
            (_problem, _answer) = (refusal.Message, null);
        }
        finally
        {
            _asking = false;
        }
    }

    private void Close() => Dialog.Close();

    private sealed record Field(string Name, string Datatype)
    {
        public string Text { get; set; } = "";

        public bool IsText => Datatype == "BYTES";

        public JsonNode? ToJson() => this switch
        {
            { Text.Length: 0 } => null,
            { IsText: true } => Text,
            { Datatype: "BOOL" } => Text == "true",
            _ => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : throw Refused.Invalid(Name, $"{Name} is a number."),
        };
    }

    private sealed record Answer(string Id, int Version, string Label, IReadOnlyList<(string Name, double Score)> Scores, TimeSpan Took)
    {
        public static Answer Read(ReadOnlyMemory<byte> json, TimeSpan took)
        {
            using var document = JsonDocument.Parse(json);
            var (root, output) = (document.RootElement, document.RootElement.GetProperty("output"));
            var label = output.GetProperty("label") is { ValueKind: JsonValueKind.String } text ? text.GetString()!
                : output.TryGetProperty("value", out var value) ? value.ToString() : Shell.Format.Unknown;
            return new(
                root.GetProperty("decisionId").GetString()!, root.GetProperty("modelVersion").GetInt32(), label,
                [.. output.GetProperty("scores").EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Number)
                    .Select(s => (s.Name, s.Value.GetDouble())).OrderByDescending(s => s.Item2).Take(8)],
                took);
        }
    }
}
