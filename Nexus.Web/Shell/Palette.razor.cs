using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using Nexus.Data.Search;
using Nexus.Data.Storage.Health;
using Nexus.Web.Identity;

namespace Nexus.Web.Shell;

/// <summary>Goes to anything by name and does whatever the person may: type, arrows, Enter.</summary>
public sealed partial class Palette : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<PaletteItem, IReadOnlyList<SearchPart>> _snippets = [];
    private readonly List<PaletteItem> _offered = [];
    private readonly TaskCompletionSource _ready = new();
    private CancellationTokenSource? _typing;
    private TaskCompletionSource _hurry = new();
    private Task _search = Task.CompletedTask;
    private IReadOnlyList<PaletteItem> _recent = [];
    private IReadOnlyList<PaletteItem> _found = [];
    private IReadOnlyList<(PaletteGroup Group, PaletteItem Item)> _shown = [];
    private PageScript _script = null!;
    private ElementReference _input;
    private string? _lacking;
    private string _query = "";
    private bool _searching;
    private bool _chosen;
    private int _at;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Inject] public required IEnumerable<IPaletteSource> Sources { get; init; }
    [Inject] public required ITextSearch Search { get; init; }
    [Inject] public required AuthenticationStateProvider Authentication { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _typing?.Dispose();
        _gone.Dispose();
        await _script.EndAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        _script = PageScript.At(Js, "/js/palette.js");
        var path = new Uri(Navigation.Uri).AbsolutePath.Trim('/');
        var context = new PaletteContext(path, (await Authentication.GetAuthenticationStateAsync()).User);
        var gone = _gone.Token;
        foreach (var source in Sources) await OfferAsync(source, context, gone);
        Show();
        _ready.SetResult();
    }

    // What one source cannot tell for the moment is no reason to keep back what the others can.
    private async Task OfferAsync(IPaletteSource source, PaletteContext context, CancellationToken ct)
    {
        try
        {
            _offered.AddRange(await source.ListAsync(context, ct));
        }
        catch (Exception outage) when (Outage.Of(outage) is { } lacking)
        {
            _lacking = lacking;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        // What was typed before it stood may lead away at once.
        if (!await _script.DoAsync("hold", _input) || await _script.AskAsync<RecentPlace[]>("recent", (await Me.GetAsync()).Name) is not { } recent) return;
        _recent = [.. recent.Select(place => new PaletteItem(place.Title, KindOf(place.Href)) { Href = place.Href })];
        Show();
        StateHasChanged();
    }

    private async Task TypeAsync(ChangeEventArgs change)
    {
        if (_script.Gone) return;
        _query = change.Value as string ?? "";
        (_at, _chosen) = (0, false);
        var former = _typing;
        _typing = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _searching = _query.Trim().Length > 0;
        if (_searching) (_hurry, _search) = Begin(_query, _typing.Token);
        else _found = [];
        Show();
        if (former is null) return;
        await former.CancelAsync();
        former.Dispose();
    }

    private (TaskCompletionSource Hurry, Task Search) Begin(string query, CancellationToken ct)
    {
        var hurry = new TaskCompletionSource();
        return (hurry, SearchAsync(query, hurry.Task, ct));
    }

    // After a pause in the typing, or at once where Enter waits for it; what came before stays until then.
    private async Task SearchAsync(string query, Task hurry, CancellationToken ct)
    {
        try
        {
            await Task.WhenAny(Task.Delay(Pause, Time, ct), hurry);
            ct.ThrowIfCancellationRequested();
            var hits = await Search.FindAsync(new(query, Size: 12), ct);
            if (ct.IsCancellationRequested) return;
            _snippets.Clear();
            _found = [.. hits.Select(Item)];
            (_searching, _lacking) = (false, null);
            var chosen = _chosen && _at < _shown.Count ? _shown[_at].Item : null;
            Show();
            if (chosen is not null) _at = Math.Max(0, _shown.ToList().FindIndex(entry => entry.Item == chosen));
            await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // Something else was typed.
        }
        catch (Exception outage) when (Outage.Of(outage) is { } lacking)
        {
            if (ct.IsCancellationRequested) return;
            (_searching, _lacking, _found) = (false, lacking, []);
            Show();
            await InvokeAsync(StateHasChanged);
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private PaletteItem Item(SearchHit hit)
    {
        var item = new PaletteItem(string.Concat(hit.Title.Select(part => part.Text)), hit.Kind == SearchKinds.ModelVersion ? "model version" : hit.Kind) { Href = SubjectPlace.Of(hit.Subject).Href };
        if (hit.Snippet.Count > 0) _snippets[item] = hit.Snippet;
        return item;
    }

    private void Show()
    {
        _shown = PaletteList.Of(_query, _offered, _recent, _found);
        _at = Math.Clamp(_at, 0, Math.Max(0, _shown.Count - 1));
    }

    private async Task PressAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter")
        {
            await EnterAsync();
            return;
        }

        if (_shown.Count == 0) return;
        var next = key.Key switch
        {
            "ArrowDown" => (_at + 1) % _shown.Count,
            "ArrowUp" => (_at + _shown.Count - 1) % _shown.Count,
            "PageDown" => Math.Min(_at + 8, _shown.Count - 1),
            "PageUp" => Math.Max(_at - 8, 0),
            _ => _at,
        };
        if (next == _at) return;
        Choose(next);
        await _script.DoAsync("show", $"palette-{_at}");
    }

    private void Choose(int at) => (_at, _chosen) = (at, true);

    // Who types a name and presses Enter means the thing of that name, not what happens to stand there before it is found.
    private async Task EnterAsync()
    {
        await _ready.Task;
        for (Task? awaited = null; awaited != _search && !_chosen;)
        {
            _hurry.TrySetResult();
            await (awaited = _search);
        }

        if (_at < _shown.Count && !_gone.IsCancellationRequested) await DoAsync(_shown[_at].Item);
    }

    // The room that an address is in, in the singular: /runs/… is a run.
    private static string KindOf(string href) => href.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var room, _, ..] ? room.TrimEnd('s') : "";

    private async Task DoAsync(PaletteItem item)
    {
        Dialog.Close();
        if (item.Act is { } act) await Notices.TryAsync(act);
        else if (item.Href is { } href) Navigation.NavigateTo(href, forceLoad: href == "/docs");
    }

    private sealed record RecentPlace(string Title, string Href);
}
