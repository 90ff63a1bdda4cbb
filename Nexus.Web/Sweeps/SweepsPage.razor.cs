using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Jobs.Pipelines;
using Nexus.Jobs.Sweeps;
using Nexus.Web.Shell;

namespace Nexus.Web.Sweeps;

/// <summary>All sweeps, newest first; the filter lives in the address.</summary>
public sealed partial class SweepsPage : ComponentBase
{
    private static readonly string[] Topics = ["sweeps"];
    private KeysetTable<SweepSummary> _table = null!;
    private IReadOnlyList<string> _pipelines = [];
    private string? _shown;

    [SupplyParameterFromQuery] public string? Pipeline { get; set; }
    [Inject] public required SweepCatalog Catalog { get; init; }
    [Inject] public required PipelineService Pipelines { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _shown = Pipeline;
        _pipelines = [.. (await Pipelines.ListAsync(new PageRequest(PageRequest.MaxSize), CancellationToken.None)).Items.Select(pipeline => pipeline.Name)];
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Pipeline || _table is null) return;
        _shown = Pipeline;
        await _table.RestartAsync();
    }

    private Task<Page<SweepSummary>> LoadAsync(PageRequest page, CancellationToken ct) => Catalog.ListAsync(string.IsNullOrEmpty(Pipeline) ? null : Pipeline, page, ct);

    private void Filter(ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("pipeline", change.Value is string { Length: > 0 } name ? name : null), replace: true);
}
