using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Data;
using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>
/// Where a thing came from and what came of it, as a graph that is panned, zoomed, searched and walked by keys; as a table, too.
/// Direction, distance and table or graph stand in the address. Stands in the tab of whatever has a lineage.
/// </summary>
public sealed partial class LineageGraphView : ComponentBase, IAsyncDisposable
{
    private const int Fan = 12;
    private const int MoreAtOnce = 24;
    private const string Keys = "← ↑ → ↓|From thing to thing\nEnter|Opens the picked thing\n[ ]|Shows more before, after\n+ − 0|Larger, smaller, all of it";
    private static readonly int[] Depths = [1, 2, 3, 5, 10, 20];
    private ElementReference _host;
    private DotNetObjectReference<LineageGraphView>? _self;
    private PageScript _script = null!;
    private PageScript? _graph;
    private LineageView? _view;
    private LineageRequest? _asked;
    private string? _picked;
    private string? _failure;
    private int? _hits;
    private bool _stale;
    private bool _whole;

    /// <summary>As the ledger writes subjects.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";
    [SupplyParameterFromQuery(Name = "direction")] private string? Asked { get; set; }
    [SupplyParameterFromQuery(Name = "depth")] private int? Steps { get; set; }
    [SupplyParameterFromQuery(Name = "as")] private string? As { get; set; }
    [Inject] public required LineageService Lineage { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private bool Table => As == "table";

    private string Way => Asked is "up" or "down" ? Asked : "";

    private int Far => Steps is >= 1 and <= LineageRequest.MostDepth ? Steps.Value : LineageRequest.DefaultDepth;

    private LineageNode? Picked => _view?.Nodes.FirstOrDefault(node => node.Id == _picked);

    private string Json => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/lineage/{_view?.Root ?? Subject}?depth={Far}&maxNodes={LineageRequest.MostNodes}&fan={LineageRequest.MostNodes}{(Way.Length == 0 ? "" : "&direction=" + Way)}");

    private string FileName => $"lineage-{(_view?.Root ?? Subject).Replace('/', '-').Replace('@', '-')}.json";

    /// <summary>From the drawing: a node was picked.</summary>
    [JSInvokable]
    public Task PickAsync(string id)
    {
        _picked = id;
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>From the drawing: more neighbours of a node are to be shown.</summary>
    [JSInvokable]
    public async Task ExpandAsync(string id, bool upwards)
    {
        if (_view is null) return;
        _view = await Lineage.ExpandAsync(_view, id, upwards, MoreAtOnce, CancellationToken.None);
        (_picked, _stale) = (id, true);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _script.EndAsync();
        _self?.Dispose();
    }

    protected override void OnInitialized() => _script = PageScript.At(Js, "/js/lineage.js");

    protected override async Task OnParametersSetAsync()
    {
        var way = Way switch { "up" => LineageDirection.Up, "down" => LineageDirection.Down, _ => LineageDirection.Both };
        var request = new LineageRequest(Subject, way, Far, Fan: Fan);
        if (request == _asked) return;
        _asked = request;
        try
        {
            var view = await Lineage.GetAsync(request, CancellationToken.None);
            if (request != _asked) return; // something else was asked for meanwhile
            _view = view;
            (_failure, _picked, _hits, _stale, _whole) = (null, _view.Root, null, true, true);
        }
        catch (RefusedException refusal)
        {
            if (request != _asked) return;
            (_view, _failure) = (null, refusal.Message);
            await StopAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_view is null || Table) return;
        var graph = _graph ??= Start();
        if (!_stale) return;
        var whole = _whole;
        (_stale, _whole) = (false, false);
        var root = _view.Root;
        await graph.DoAsync(
            "show",
            new
            {
                nodes = _view.Nodes.Select(node => LineageGraphNode.From(node, root)),
                edges = _view.Edges.Select(edge => new { edge.From, edge.To, Words = LineageWords.Of(edge.Relation) }),
            },
            _picked,
            whole);
    }

    private PageScript Start()
    {
        (_stale, _whole) = (true, true);
        return _script.Part("create", _host, _self ??= DotNetObjectReference.Create(this));
    }

    // The element that it draws in goes.
    private ValueTask StopAsync()
    {
        var graph = _graph;
        _graph = null;
        return graph?.EndAsync("dispose") ?? ValueTask.CompletedTask;
    }

    private async Task PickFromPanelAsync(string id)
    {
        _picked = id;
        if (_graph is not null) await _graph.DoAsync("pick", id);
    }

    private async Task FindAsync(ChangeEventArgs change)
    {
        if (_graph is null) return;
        var text = change.Value as string ?? "";
        var hits = await _graph.AskAsync<int>("find", text);
        _hits = text.Trim().Length == 0 ? null : hits;
    }

    private async Task ZoomAsync(double factor)
    {
        if (_graph is not null) await _graph.DoAsync("zoom", factor);
    }

    private async Task FitAsync()
    {
        if (_graph is not null) await _graph.DoAsync("fit");
    }

    private async Task TurnAsync()
    {
        await StopAsync();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("as", Table ? null : "table"), replace: true);
    }

    private void Put(string name, ChangeEventArgs change)
    {
        var value = change.Value as string;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value), replace: true);
    }
}
