using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Shell.Home;

/// <summary>The agents as rows: state, volume, latency, accuracy, drift over the last day.</summary>
public sealed partial class HomeAgents : ComponentBase
{
    private const int AtMost = 20;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private IReadOnlyList<(AgentView Agent, AgentPulse? Pulse)>? _rows;
    private string[] _topics = ["agents", "models"];

    /// <summary>How the agents are, in a sentence.</summary>
    [Parameter] public EventCallback<string> Loaded { get; set; }
    [Inject] public required AgentService Agents { get; init; }
    [Inject] public required AgentPulses Pulses { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var agents = await Agents.ListAsync(new PageRequest(AtMost), CancellationToken.None);
        var rows = new List<(AgentView, AgentPulse?)>();
        foreach (var agent in agents.Items)
            rows.Add((agent, agent.ProductionVersion is null ? null : await Pulses.GetAsync(agent.Name, Window, CancellationToken.None)));
        _rows = rows;
        _topics = ["agents", "models", .. agents.Items.Select(agent => $"agent:{agent.Name}")];
        await Loaded.InvokeAsync(Sentence(rows));
    }

    private static string Sentence(List<(AgentView, AgentPulse? Pulse)> rows)
    {
        if (rows.Count == 0) return "No agent serves yet.";
        var parts = new[]
        {
            (rows.Count(row => row.Pulse?.Health == AgentHealth.Failing), "failing"),
            (rows.Count(row => row.Pulse?.Health == AgentHealth.Drifting), "drifting"),
            (rows.Count(row => row.Pulse?.Health == AgentHealth.Healthy), "healthy"),
            (rows.Count(row => row.Pulse is null or { Health: AgentHealth.Unknown }), "with too little data to say"),
        };
        return "Agents: " + string.Join(", ", parts.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}")) + ".";
    }

    private static ChipState State(AgentPulse? pulse) => pulse?.Health switch
    {
        AgentHealth.Healthy => ChipState.Good,
        AgentHealth.Drifting => ChipState.Warn,
        AgentHealth.Failing => ChipState.Bad,
        _ => ChipState.Unknown,
    };

    private static string Word(AgentView agent, AgentPulse? pulse) => pulse?.Health switch
    {
        AgentHealth.Healthy => "Healthy",
        AgentHealth.Drifting => "Drifting",
        AgentHealth.Failing => "Failing",
        _ => agent.ProductionVersion is null ? "Not serving" : "Too early",
    };

    // An hour a point is enough for a line the size of a word.
    private static IReadOnlyList<double?> Volume(AgentPulse? pulse) =>
        [.. (pulse?.Performance.Points ?? []).Chunk(4).Select(points => (double?)points.Sum(point => point.Decisions))];

    private static string Drift(AgentPulse? pulse) => pulse?.Drift switch
    {
        null => Format.Unknown,
        { State: DriftStates.NotEnoughData } => "not enough data",
        { State: DriftStates.NoReference } => "no reference",
        { Changed: 0 } => "none",
        { } drift => $"{drift.Changed} of {drift.Features.Count} features",
    };
}
