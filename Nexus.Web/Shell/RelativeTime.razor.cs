using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>A time as people say it (<c>12 min ago</c>), the exact one with its zone on hover; keeps itself true.</summary>
public sealed partial class RelativeTime : ComponentBase, IDisposable
{
    private string _text = "";
    private IDisposable? _tick;

    [Parameter, EditorRequired] public DateTimeOffset? At { get; set; }

    /// <summary>Why there is no time, where there is none.</summary>
    [Parameter] public string? Why { get; set; }
    [Inject] public required PageClock Clock { get; init; }

    public void Dispose() => _tick?.Dispose();

    protected override void OnInitialized() => _tick = Clock.OnTick(() => InvokeAsync(Refresh));

    protected override void OnParametersSet() => _text = Text();

    private string Text() => At is { } at ? Format.Relative(at, Clock.Now) : Format.Unknown;

    private void Refresh()
    {
        var text = Text();
        if (text == _text) return;
        _text = text;
        StateHasChanged();
    }
}
