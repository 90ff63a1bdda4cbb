using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Jobs.Pipelines;
using Nexus.Web.Registry;

namespace Nexus.Web.Pipelines;

/// <summary>All runs by filter, order, columns and groups; all of them live in the address.</summary>
public sealed partial class RunsPage : ComponentBase
{
    private const string Remembered = "nexus.columns.runs";
    private static readonly string[] Topics = ["runs"];
    private readonly HashSet<Guid> _selected = [];
    private RunTable? _table;
    private RunGroupList? _list;
    private RunKeys _keys = new([], [], []);
    private IReadOnlyList<string> _pipelines = [];
    private IReadOnlyList<string> _remembered = RunColumnNames.Default;
    private string? _problem;

    [SupplyParameterFromQuery] public string? Pipeline { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }
    [SupplyParameterFromQuery] public string? Group { get; set; }

    /// <summary>With commas between them; without it those that this browser showed last.</summary>
    [SupplyParameterFromQuery] public string? Columns { get; set; }
    [Inject] public required RunKeyService Keys { get; init; }
    [Inject] public required PipelineService Pipelines { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    private RunFilter Shown => new(Empty(Pipeline), Enum.TryParse<RunStatus>(Status, out var status) ? status : null, Empty(Filter), Empty(Sort));

    private bool Narrowed => Shown != new RunFilter(Sort: Empty(Sort));

    private IReadOnlyList<string> Chosen => Empty(Columns) is { } columns ? [.. columns.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(RunColumns.Max)] : _remembered;

    /// <summary>The metric that results are told by.</summary>
    private string? Primary => MetricNames.Primary(_keys.Metrics.Where(key => !key.Contains('/', StringComparison.Ordinal)));

    private IEnumerable<string> Groupings => ["pipeline", "sweep", "status", "by", "trigger", .. _keys.Tags.Select(key => $"tags.{key}"), .. _keys.Params.Select(key => $"params.{key}")];

    // The columns with it, those that this browser remembers too: who opens it sees the same.
    private string Query => Navigation.ToAbsoluteUri(Navigation.GetUriWithQueryParameter("columns", string.Join(',', Chosen))).Query.TrimStart('?');

    private string CompareAll => Navigation.GetUriWithQueryParameters("runs/compare", new Dictionary<string, object?> { ["filter"] = Empty(Filter), ["pipeline"] = Empty(Pipeline), ["status"] = Empty(Status), ["sort"] = Empty(Sort) });

    protected override async Task OnInitializedAsync()
    {
        _keys = await Keys.AllAsync(CancellationToken.None);
        var all = await Pipelines.ListAsync(new PageRequest(PageRequest.MaxSize), CancellationToken.None);
        _pipelines = [.. all.Items.Select(pipeline => pipeline.Name)];
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Empty(Columns) is not null) return;
        if (await Js.InvokeAsync<string?>("localStorage.getItem", Remembered) is not { Length: > 0 } kept) return;
        _remembered = [.. kept.Split(',').Take(RunColumns.Max)];
        StateHasChanged();
    }

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private void Understood(RefusedException? refusal)
    {
        if (_problem == refusal?.Message) return;
        _problem = refusal?.Message;
        StateHasChanged();
    }

    private void Unpick() => _selected.Clear();

    private async Task RefreshAsync()
    {
        _keys = await Keys.AllAsync(CancellationToken.None);
        if (!string.IsNullOrEmpty(Group)) await (_list?.RefreshAsync() ?? Task.CompletedTask);
        else if (_table is not null) await _table.RefreshAsync();
    }

    private async Task PickColumns(IReadOnlyList<string> columns)
    {
        _remembered = columns;
        await Js.InvokeVoidAsync("localStorage.setItem", Remembered, string.Join(',', columns));
        Go("columns", string.Join(',', columns));
    }

    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, Empty(value)), replace: true);
}
