using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>
/// What all kinds of chart stand in: the question as title, the answer under it, the picture, its numbers as a table, and both as
/// files. A kind gives the picture as a <see cref="ChartSpec"/> and the numbers as a <see cref="ChartTable"/>, nothing else.
/// </summary>
public sealed partial class ChartFrame : ComponentBase, IAsyncDisposable
{
    private const int MaxRows = 1000;
    private ElementReference _plot;
    private PageScript _script = null!;
    private DotNetObjectReference<ChartFrame>? _self;
    private ChartTable _numbers = ChartTable.Empty;
    private string? _drawn;
    private bool _table;

    [Parameter] public string? Question { get; set; }
    [Parameter] public string? Answer { get; set; }

    /// <summary>The picture; null where there is nothing to draw.</summary>
    [Parameter, EditorRequired] public ChartSpec? Spec { get; set; }

    /// <summary>Made when somebody asks for it.</summary>
    [Parameter, EditorRequired] public Func<ChartTable> Numbers { get; set; } = () => ChartTable.Empty;
    [Parameter] public int Height { get; set; } = 180;
    [Parameter] public string? WhyEmpty { get; set; }

    /// <summary>At the right of the title: what is drawn against what.</summary>
    [Parameter] public RenderFragment? Controls { get; set; }

    /// <summary>Under the picture.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>A stretch of an axis was drawn over; without ends it was let go.</summary>
    [Parameter] public EventCallback<ChartBrush> Brushed { get; set; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required Downloads Files { get; init; }

    [JSInvokable]
    public Task Brush(int axis, double? from, double? to) => InvokeAsync(() => Brushed.InvokeAsync(new(axis, from, to)));

    public async ValueTask DisposeAsync()
    {
        await _script.EndAsync("dispose", _plot);
        _self?.Dispose();
    }

    protected override void OnInitialized() => _script = PageScript.At(Js, "/js/charts.js");

    protected override void OnParametersSet()
    {
        if (_table) _numbers = Numbers();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_table && _numbers.Heads.Count == 0)
        {
            _numbers = Numbers();
            StateHasChanged();
        }

        if (Spec is null || _table) return;
        var json = Spec.ToJson();
        if (json == _drawn) return;
        _drawn = json;
        _self ??= DotNetObjectReference.Create(this);
        await _script.DoAsync("draw", _plot, Spec.Kind, json, Brushed.HasDelegate ? _self : null);
    }

    private Task<bool> PictureAsync() => _script.DoAsync("picture", _plot, FileName, Question);

    private Task NumbersAsync() => Files.SaveAsync($"{FileName}.csv", "text/csv", Numbers().Lines().ToAsyncEnumerable(), CancellationToken.None);

    private string FileName
    {
        get
        {
            var name = string.Concat((Question ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
            return name.Length == 0 ? "chart" : name;
        }
    }
}
