using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Identity;
using Nexus.Inference.Monitoring;
using Nexus.Web.Agents;
using Nexus.Web.Datasets;
using Nexus.Web.Identity;

namespace Nexus.Web.Shell.Home;

/// <summary>What needs me? First what waits for this person, then how the agents are, then what runs and what happened.</summary>
public sealed partial class HomePage : ComponentBase
{
    private static readonly string[] Slow = ["approvals", "runs", "ledger", "datasets", "pipelines", "models", "agents", "samples"];
    private IReadOnlyList<string> _fast = [];
    private IReadOnlyList<FleetAgent>? _fleet;
    private IReadOnlyList<Need> _needs = [];
    private HomeView? _view;
    private Actor? _me;

    [Inject] public required HomeReader Reader { get; init; }
    [Inject] public required AgentFleet Fleet { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private string Title => _view is null ? "Home" : _needs.Count switch
    {
        0 => "Nothing needs you",
        1 => "One thing needs you",
        var count => $"{Capital(Needs.Number(count))} things need you",
    };

    protected override async Task OnInitializedAsync()
    {
        _me = await Me.GetAsync();
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var view = await Reader.ReadAsync(_me!, CancellationToken.None);
        Take(await Fleet.GetAsync(anew: true, CancellationToken.None), view);
    }

    /// <summary>Decisions and labels move the agents alone.</summary>
    private async Task LookAsync()
    {
        if (_view is not null) Take(await Fleet.GetAsync(anew: false, CancellationToken.None), _view);
    }

    private void Take(IReadOnlyList<FleetAgent> fleet, HomeView view)
    {
        (_fleet, _view) = (fleet, view);
        _needs = Needs.Of(_me!, view.Approvals, view.Failed, fleet, Time.GetUtcNow());
        if (_fast.Count != fleet.Count || fleet.Any(f => !_fast.Contains($"agent:{f.Agent.Name}"))) _fast = [.. fleet.Select(f => $"agent:{f.Agent.Name}")];
    }

    private async Task UploadAsync()
    {
        if (await UploadDatasetDialog.AskAsync(Dialogs) is { } address) Navigation.NavigateTo(address);
    }

    private async Task NewAgentAsync()
    {
        if (await NewAgentDialog.AskAsync(Dialogs) is { } name) Navigation.NavigateTo($"/agents/{name}");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
