using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nexus.Data;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>
/// A table over server pages: skeleton, rows, "Show more", the empty state, and "12 new" instead of rows that move
/// under the pointer. Its <see cref="Column{T}"/>s can be hidden, which is remembered, and go into a CSV of all rows. A link of class
/// <c>row-link</c> in a row makes the whole row open it.
/// </summary>
public sealed partial class KeysetTable<T> : ComponentBase, IDisposable
    where T : notnull
{
    private const int MaxExported = 100_000;
    private static readonly RenderFragment Nothing = builder => builder.AddMarkupContent(0, "<p class=\"empty\">Nothing here yet.</p>");
    private readonly CancellationTokenSource _gone = new();
    private readonly List<Column<T>> _columns = [];
    private HashSet<string> _hidden = [];
    private CancellationTokenSource? _asking;
    private Task _turn = Task.CompletedTask;
    private bool _exporting;
    private bool _cut;
    private List<T>? _rows;
    private string? _next;
    private string? _failure;
    private bool _loading;
    private int _new;

    /// <summary>One page of rows; a service's list call fits as it is.</summary>
    [Parameter, EditorRequired] public Func<PageRequest, CancellationToken, Task<Page<T>>> Load { get; set; } = null!;

    /// <summary>The <see cref="Column{T}"/>s, in their order.</summary>
    [Parameter, EditorRequired] public RenderFragment Columns { get; set; } = null!;
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Fields that narrow the list, in one line with its tools.</summary>
    [Parameter] public RenderFragment? Filters { get; set; }

    /// <summary>Instead of the picker of columns, where the page has its own.</summary>
    [Parameter] public RenderFragment? Picker { get; set; }

    /// <summary>False leaves out the picker and the CSV.</summary>
    [Parameter] public bool Tools { get; set; } = true;

    /// <summary>What it is ordered by: a column's <see cref="Column{T}.Sort"/>, with a minus before it where the largest come first.</summary>
    [Parameter] public string? Sort { get; set; }
    [Parameter] public EventCallback<string> SortChanged { get; set; }
    [Parameter] public Func<T, object>? Key { get; set; }
    [Parameter] public Func<T, string?>? RowClass { get; set; }

    /// <summary>What the list is of, for screen readers.</summary>
    [Parameter] public string Label { get; set; } = "List";
    [Parameter] public int PageSize { get; set; } = PageRequest.DefaultSize;

    /// <summary>Under which the hidden columns are remembered; the label, unless two lists share it.</summary>
    [Parameter] public string? Id { get; set; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required Downloads Files { get; init; }
    [Inject] public required Notices Notices { get; init; }

    private IEnumerable<Column<T>> Shown => _columns.Where(column => column.Fixed || !_hidden.Contains(column.Name));

    private int Hidden => _columns.Count(column => !column.Fixed && _hidden.Contains(column.Name));

    private string Remembered => $"nexus.columns.{Id ?? Label}";

    /// <summary>Loads what is shown again, in place.</summary>
    public Task ReloadAsync() => InTurnAsync(LoadAsync);

    /// <summary>Starts over, as after a changed filter; what was asked for before is dropped.</summary>
    public Task RestartAsync()
    {
        var former = _asking;
        (_asking, _rows, _turn) = (null, null, Task.CompletedTask);
        former?.Cancel();
        return ReloadAsync();
    }

    private async Task LoadAsync()
    {
        var size = Math.Clamp(_rows?.Count ?? 0, PageSize, PageRequest.MaxSize);
        var page = await TryLoadAsync(new PageRequest(size));
        if (page is null) return;
        (_rows, _next, _new) = ([.. page.Items], page.NextPageToken, 0);
        StateHasChanged();
    }

    /// <summary>
    /// For live lists: rows that are shown change in place, and rows that came since are announced instead of pushing the others
    /// down. Needs <see cref="Key"/>.
    /// </summary>
    public Task RefreshAsync() => InTurnAsync(() => _rows is { Count: > 0 } rows && Key is not null ? RefreshAsync(rows, Key) : LoadAsync());

    /// <summary>Tells that rows came which are not shown yet.</summary>
    public void AnnounceNew(int count)
    {
        _new += count;
        StateHasChanged();
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    internal void Add(Column<T> column) => _columns.Add(column);

    protected override Task OnInitializedAsync() => ReloadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Tools || Picker is not null) return;
        try
        {
            if (await Js.InvokeAsync<string?>("localStorage.getItem", _gone.Token, Remembered) is not { Length: > 0 } kept) return;
            _hidden = [.. kept.Split(',')];
            StateHasChanged();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException or JSException)
        {
            // Nobody looks any more, or the browser keeps nothing.
        }
    }

    private async Task ToggleAsync(Column<T> column)
    {
        if (!_hidden.Remove(column.Name)) _hidden.Add(column.Name);
        try
        {
            await Js.InvokeVoidAsync("localStorage.setItem", _gone.Token, Remembered, string.Join(',', _hidden));
        }
        catch (JSException)
        {
            // A browser that keeps nothing shows it as asked all the same.
        }
    }

    private string? SortedAs(Column<T> column) =>
        column.Sort is null ? null : Sort == column.Sort ? "ascending" : Sort == $"-{column.Sort}" ? "descending" : null;

    private Task SortAsync(Column<T> column) =>
        SortChanged.InvokeAsync(SortedAs(column) == "descending" || (SortedAs(column) is null && !column.Numeric) ? column.Sort : $"-{column.Sort}");

    private async Task ExportAsync()
    {
        (_exporting, _cut) = (true, false);
        var columns = Shown.Where(column => column.Value is not null).ToList();
        await Notices.TryAsync(() => Files.SaveAsync($"{Label.ToLowerInvariant().Replace(' ', '-')}.csv", "text/csv", LinesAsync(columns, _gone.Token), _gone.Token));
        if (_cut) Notices.Warn($"The file has the first {MaxExported:N0} rows only: the list is longer. Narrow it, or read all of it by the API.");
        _exporting = false;
    }

    /// <summary>Every row there is, page by page, up to a bound.</summary>
    private async IAsyncEnumerable<string> LinesAsync(IReadOnlyList<Column<T>> columns, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return CsvText.Line(columns.Select(column => column.Title ?? column.Header));
        var (request, left) = (new PageRequest(PageRequest.MaxSize), MaxExported);
        while (left > 0)
        {
            var page = await Load(request, ct);
            foreach (var row in page.Items.Take(left)) yield return CsvText.Line(columns.Select(column => column.Value!(row)));
            left -= page.Items.Count;
            if (page.NextPageToken is null && left >= 0) yield break;
            request = request with { Token = page.NextPageToken };
        }

        _cut = true;
    }

    private async Task RefreshAsync(List<T> rows, Func<T, object> key)
    {
        var page = await TryLoadAsync(new PageRequest(Math.Clamp(rows.Count, PageSize, PageRequest.MaxSize)));
        if (page is null) return;
        var now = page.Items.ToDictionary(key);
        var shown = rows.Select(key).ToHashSet();
        _rows = [.. rows.Select(row => now.GetValueOrDefault(key(row), row))];
        _new = page.Items.TakeWhile(row => !shown.Contains(key(row))).Count();
        StateHasChanged();
    }

    /// <summary>The next rows there are: a list may answer pages without any while it looks through what is old.</summary>
    private Task MoreAsync() => InTurnAsync(async () =>
    {
        while (_rows is { } rows && _next is { } next && await TryLoadAsync(new PageRequest(PageSize, next)) is { } page)
        {
            rows.AddRange(page.Items);
            _next = page.NextPageToken;
            if (page.Items.Count > 0) return;
        }
    });

    /// <summary>One load after the other, so that none builds on rows that another replaces meanwhile.</summary>
    private async Task InTurnAsync(Func<Task> load)
    {
        while (!_turn.IsCompleted) await _turn;
        await (_turn = load());
    }

    /// <returns>Null where there is none to show: it failed, or a later start has made it void.</returns>
    private async Task<Page<T>?> TryLoadAsync(PageRequest request)
    {
        if (_gone.IsCancellationRequested) return null;
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        (_asking, _loading) = (asking, true);
        try
        {
            var page = await Load(request, asking.Token);
            if (_asking != asking) return null;
            _failure = null;
            return page;
        }
        catch (Exception) when (_asking != asking || _gone.IsCancellationRequested)
        {
            return null;
        }
        catch (RefusedException refusal)
        {
            _failure = refusal.Message;
            return null;
        }
        catch (Exception outage) when (Outage.Of(outage) is { } lacking)
        {
            _failure = _rows is null ? lacking : null; // what is shown stays; the banner says that it may be stale
            return null;
        }
        finally
        {
            if (_asking == asking) (_asking, _loading) = (null, false);
        }
    }
}
