using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>
/// A small panel that leads through the portal's own pages and points at what it speaks of. Where a person is, the browser
/// remembers for them; the event <c>nexus-tour</c> (any element with <c>data-do="tour"</c>) begins it anew.
/// </summary>
public sealed partial class TourPanel : ComponentBase, IAsyncDisposable
{
    private IReadOnlyList<TourStep> _steps = [];
    private int _at = -1;
    private bool _allowed = true;
    private bool _moved;
    private string _me = "";
    private PageScript _script = null!;
    private DotNetObjectReference<TourPanel>? _self;

    [Inject] public required Tour Tour { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required IAuthorizationService Authorization { get; init; }
    [Inject] public required AuthenticationStateProvider Authentication { get; init; }

    private bool Last => _at == _steps.Count - 1;

    /// <summary>From the first station, wherever the person is.</summary>
    [JSInvokable]
    public async Task StartAsync()
    {
        _steps = await Tour.StepsAsync(CancellationToken.None);
        await GoAsync(0);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _script.EndAsync("forget");
        _self?.Dispose();
    }

    protected override void OnInitialized() => _script = PageScript.At(Js, "/js/tour.js");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _me = (await Me.GetAsync()).Name;
            // After a reload, or with another page open: go on where it was.
            if (await _script.AskAsync<int?>("listen", _self, _me) is >= 0 and var at)
            {
                _steps = await Tour.StepsAsync(CancellationToken.None);
                await ShowAsync(Math.Min(at, _steps.Count - 1));
                StateHasChanged();
            }
        }

        if (!_moved) return;
        _moved = false;
        await _script.DoAsync("point", _at >= 0 ? _steps[_at].Href : "/", _at >= 0 && _allowed ? _steps[_at].Pointer : []);
    }

    private Task NextAsync() => Last ? EndAsync() : GoAsync(_at + 1);

    private async Task GoAsync(int at)
    {
        await ShowAsync(at);
        if (_allowed) Navigation.NavigateTo(_steps[at].Href);
    }

    private async Task ShowAsync(int at)
    {
        (_at, _moved) = (at, true);
        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        _allowed = (await Authorization.AuthorizeAsync(user, _steps[at].Policy)).Succeeded;
        await _script.DoAsync("keep", _me, at);
    }

    private async Task EndAsync()
    {
        (_at, _moved) = (-1, true);
        await _script.DoAsync("keep", _me, -1);
    }

    private Task PressAsync(KeyboardEventArgs key) => key.Key switch
    {
        "Escape" => EndAsync(),
        "ArrowRight" => NextAsync(),
        "ArrowLeft" when _at > 0 => GoAsync(_at - 1),
        _ => Task.CompletedTask,
    };
}
