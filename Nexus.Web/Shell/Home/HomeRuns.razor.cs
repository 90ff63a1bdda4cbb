using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Shell.Home;

/// <summary>What runs now, or what ran last.</summary>
public sealed partial class HomeRuns : ComponentBase
{
    private static readonly string[] Topics = ["runs"];
    private IReadOnlyList<RunSummary> _running = [];
    private IReadOnlyList<RunSummary>? _shown;

    [Inject] public required RunService Runs { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _running = (await Runs.ListAsync(new RunFilter(Status: RunStatus.Running), new PageRequest(6), CancellationToken.None)).Items;
        _shown = _running.Count > 0 ? _running : (await Runs.ListAsync(new RunFilter(), new PageRequest(6), CancellationToken.None)).Items;
    }
}
