using Microsoft.JSInterop;

namespace Nexus.Web.Shell;

/// <summary>
/// A component's own script, or a part of it. It goes with the component: what is asked of it after that, or was on its way then,
/// answers nothing instead of ending the person's connection. So a page can be left at any moment, its script still loading.
/// </summary>
internal sealed class PageScript
{
    private readonly Func<Task<IJSObjectReference?>> _load;
    private Task<IJSObjectReference?>? _loading;

    private PageScript(Func<Task<IJSObjectReference?>> load) => _load = load;

    /// <summary>The component has gone.</summary>
    public bool Gone { get; private set; }

    /// <param name="path">From the root; loaded at the first call.</param>
    public static PageScript At(IJSRuntime js, string path) => new(async () => await js.InvokeAsync<IJSObjectReference>("import", path));

    /// <summary>What a function of this script gives back, with functions of its own; made at the first call.</summary>
    public PageScript Part(string function, params object?[] arguments) => new(() => AskAsync<IJSObjectReference>(function, arguments));

    /// <returns>Whether it was done: false where the component has gone.</returns>
    public Task<bool> DoAsync(string function, params object?[] arguments) => CallAsync(
        async script =>
        {
            await script.InvokeVoidAsync(function, arguments);
            return !Gone;
        });

    /// <returns>The default where the component has gone.</returns>
    public Task<T?> AskAsync<T>(string function, params object?[] arguments) => CallAsync(script => script.InvokeAsync<T?>(function, arguments));

    /// <summary>To be called where the component is disposed of.</summary>
    /// <param name="last">Called before it is let go, if it was loaded.</param>
    public async ValueTask EndAsync(string? last = null, params object?[] arguments)
    {
        if (Gone) return;
        Gone = true;
        if (_loading is null) return;
        try
        {
            if (await _loading is not { } script) return;
            if (last is not null) await script.InvokeVoidAsync(last, arguments);
            await script.DisposeAsync();
        }
        catch (Exception lost) when (IsOfTheGone(lost))
        {
            // The page is gone, and its script with it.
        }
    }

    private async Task<T?> CallAsync<T>(Func<IJSObjectReference, ValueTask<T?>> call)
    {
        if (Gone) return default;
        try
        {
            return await (_loading ??= _load()) is { } script && !Gone ? await call(script) : default;
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
        catch (Exception lost) when (Gone && IsOfTheGone(lost))
        {
            return default;
        }
    }

    private static bool IsOfTheGone(Exception lost) => lost is JSException or JSDisconnectedException or ObjectDisposedException or OperationCanceledException;
}
