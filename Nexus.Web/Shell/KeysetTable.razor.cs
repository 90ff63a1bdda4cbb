using Microsoft.AspNetCore.Components;
using Nexus.Data;

namespace Nexus.Web.Shell;

/// <summary>
/// A table over server pages: skeleton, rows, "Show more", the empty state, and "12 new" instead of rows that move
/// under the pointer. A link of class <c>row-link</c> in a row makes the whole row open it.
/// </summary>
public sealed partial class KeysetTable<T> : ComponentBase, IDisposable
    where T : notnull
{
    private static readonly RenderFragment Nothing = builder => builder.AddMarkupContent(0, "<p class=\"empty\">Nothing here yet.</p>");
    private readonly CancellationTokenSource _gone = new();
    private List<T>? _rows;
    private string? _next;
    private string? _failure;
    private bool _loading;
    private int _new;

    /// <summary>One page of rows; a service's list call fits as it is.</summary>
    [Parameter, EditorRequired] public Func<PageRequest, CancellationToken, Task<Page<T>>> Load { get; set; } = null!;

    /// <summary>The <c>th</c>s.</summary>
    [Parameter, EditorRequired] public RenderFragment Header { get; set; } = null!;

    /// <summary>The <c>td</c>s of a row.</summary>
    [Parameter, EditorRequired] public RenderFragment<T> Row { get; set; } = null!;
    [Parameter] public RenderFragment? Empty { get; set; }
    [Parameter] public Func<T, object>? Key { get; set; }
    [Parameter] public Func<T, string?>? RowClass { get; set; }

    /// <summary>What the list is of, for screen readers.</summary>
    [Parameter] public string Label { get; set; } = "List";
    [Parameter] public int PageSize { get; set; } = PageRequest.DefaultSize;

    /// <summary>Loads what is shown again, in place.</summary>
    public async Task ReloadAsync()
    {
        var size = Math.Clamp(_rows?.Count ?? 0, PageSize, PageRequest.MaxSize);
        var page = await TryLoadAsync(new PageRequest(size));
        if (page is null) return;
        (_rows, _next, _new) = ([.. page.Items], page.NextPageToken, 0);
        StateHasChanged();
    }

    /// <summary>Starts over, as after a changed filter.</summary>
    public Task RestartAsync()
    {
        _rows = null;
        return ReloadAsync();
    }

    /// <summary>
    /// For live lists: rows that are shown change in place, and rows that came since are announced instead of pushing the others
    /// down. Needs <see cref="Key"/>.
    /// </summary>
    public async Task RefreshAsync()
    {
        if (_rows is not { Count: > 0 } || Key is null)
        {
            await ReloadAsync();
            return;
        }

        var page = await TryLoadAsync(new PageRequest(Math.Clamp(_rows.Count, PageSize, PageRequest.MaxSize)));
        if (page is null) return;
        var now = page.Items.ToDictionary(Key);
        var shown = _rows.Select(Key).ToHashSet();
        _rows = [.. _rows.Select(row => now.GetValueOrDefault(Key(row), row))];
        _new = page.Items.TakeWhile(row => !shown.Contains(Key(row))).Count();
        StateHasChanged();
    }

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

    protected override Task OnInitializedAsync() => ReloadAsync();

    private async Task MoreAsync()
    {
        var page = await TryLoadAsync(new PageRequest(PageSize, _next));
        if (page is null) return;
        _rows!.AddRange(page.Items);
        _next = page.NextPageToken;
    }

    private async Task<Page<T>?> TryLoadAsync(PageRequest request)
    {
        _loading = true;
        try
        {
            var page = await Load(request, _gone.Token);
            _failure = null;
            return page;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return null;
        }
        catch (RefusedException refusal)
        {
            _failure = refusal.Message;
            return null;
        }
        finally
        {
            _loading = false;
        }
    }
}
