using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>All runs, newest first; the filters live in the address.</summary>
public sealed partial class RunsPage : ComponentBase
{
    private static readonly string[] Topics = ["runs"];
    private KeysetTable<RunSummary> _table = null!;
    private IReadOnlyList<string> _pipelines = [];
    private (string?, string?) _shown;

    [SupplyParameterFromQuery] public string? Pipeline { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }
    [Inject] public required RunService Runs { get; init; }
    [Inject] public required PipelineService Pipelines { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _shown = (Pipeline, Status);
        var all = await Pipelines.ListAsync(new PageRequest(PageRequest.MaxSize), CancellationToken.None);
        _pipelines = [.. all.Items.Select(pipeline => pipeline.Name)];
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Pipeline, Status) || _table is null) return;
        _shown = (Pipeline, Status);
        await _table.RestartAsync();
    }

    private Task<Page<RunSummary>> LoadAsync(PageRequest page, CancellationToken ct) =>
        Runs.ListAsync(new RunFilter(Empty(Pipeline), Enum.TryParse<RunStatus>(Status, out var status) ? status : null), page, ct);

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private void Filter(string name, ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, Empty(change.Value as string)), replace: true);
}
