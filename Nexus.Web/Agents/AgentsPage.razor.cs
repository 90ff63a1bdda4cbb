using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>All agents at a glance: which does well, which does not.</summary>
public sealed partial class AgentsPage : ComponentBase
{
    private KeysetTable<AgentRow> _table = null!;
    private IReadOnlyList<string> _topics = ["agents"];
    private IReadOnlyList<AgentRow>? _rows;

    [Inject] public required AgentService Agents { get; init; }
    [Inject] public required FleetReader Fleet { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private string Say => _rows switch
    {
        null => "Which of them does well?",
        { Count: 0 } => "No agent answers yet.",
        var rows when rows.Count(r => r.Pulse?.Health is AgentHealth.Drifting or AgentHealth.Failing) is > 0 and var unwell =>
            unwell == 1 ? "One agent wants a look." : $"{unwell} of {rows.Count} want a look.",
        var rows when rows.All(r => r.Pulse?.Health == AgentHealth.Healthy) => rows.Count == 1 ? "It does well." : $"All {rows.Count} do well.",
        var rows => Early(rows.Count(r => r.Pulse is null or { Health: AgentHealth.Unknown }), rows.Count),
    };

    private static string Early(int count, int all) =>
        count == all ? "There is too little data to say yet." : $"Nothing wrong is known; {count} of {all} {(count == 1 ? "has" : "have")} too little data to say.";

    private async Task<Page<AgentRow>> LoadAsync(PageRequest request, CancellationToken ct)
    {
        var page = await Agents.ListAsync(request, ct);
        List<AgentRow> rows = [.. (await Fleet.ReadAsync(page.Items, ct)).Select(f => new AgentRow(f.Agent, f.Pulse))];
        _rows = request.Token is null ? rows : [.. _rows ?? [], .. rows];
        _topics = ["agents", "models", .. _rows.Select(r => $"agent:{r.Agent.Name}")];
        StateHasChanged();
        return new(rows, page.NextPageToken);
    }

    private Task ReloadAsync() => _table.ReloadAsync();

    private async Task CreateAsync()
    {
        if (await NewAgentDialog.AskAsync(Dialogs) is { } name) Navigation.NavigateTo($"/agents/{name}");
    }
}
