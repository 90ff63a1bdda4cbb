using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;

namespace Nexus.Web.Agents;

/// <summary>One agent: is it doing well, what did it answer, what changed, what came back.</summary>
public sealed partial class AgentPage : ComponentBase
{
    private static readonly (string Text, string? Tab)[] Facets =
        [("Overview", null), ("Decisions", "decisions"), ("Monitoring", "monitoring"), ("Feedback", "feedback"), ("History", "history"), ("Lineage", "lineage")];

    private TimeRange _range = TimeRange.Day;
    private IReadOnlyList<string> _topics = [];
    private IReadOnlyList<ServedModelVersion> _history = [];
    private AgentView? _agent;
    private AgentPulse? _pulse;
    private string? _missing;
    private int _moves;

    [Parameter] public string Name { get; set; } = "";
    [Parameter] public string? Tab { get; set; }
    [SupplyParameterFromQuery(Name = "range")] public string? RangeKey { get; set; }
    [Inject] public required AgentService Agents { get; init; }
    [Inject] public required AgentPulses Pulses { get; init; }
    [Inject] public required ServiceHistory Service { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_agent is not null && _agent.Name != Name) (_agent, _pulse) = (null, null);
        var range = RangeKey is null ? await FittingAsync() : TimeRange.Of(RangeKey);
        var stale = _pulse is null || range != _range;
        _range = range;
        _topics = [$"agent:{Name}", "models"];
        if (stale) await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        try
        {
            _agent = await Agents.GetAsync(Name, CancellationToken.None);
            _pulse = await Pulses.GetAsync(Name, _range.Length, CancellationToken.None);
            _history = await Service.ListAsync(Name, CancellationToken.None);
            _moves++;
            _missing = null;
        }
        catch (RefusedException refusal)
        {
            _missing = refusal.Message;
        }
    }

    private async Task<TimeRange> FittingAsync()
    {
        try
        {
            _agent ??= await Agents.GetAsync(Name, CancellationToken.None);
            return TimeRange.For(Time.GetUtcNow() - _agent.CreatedAt);
        }
        catch (RefusedException)
        {
            return TimeRange.Day; // Said by the reading that follows.
        }
    }

    private Task TryAsync() => TryDialog.ShowAsync(Dialogs, _agent!);

    private string Here(string? tab, TimeRange range) => Address(Name, tab, range);

    /// <summary>Where a facet of an agent stands, with the range that rules the page.</summary>
    internal static string Address(string name, string? tab, TimeRange range) =>
        $"/agents/{name}{(tab is null ? "" : "/" + tab)}?range={range.Key}";
}
