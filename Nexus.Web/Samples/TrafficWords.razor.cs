using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>Whether the sample's traffic runs, and until when.</summary>
public sealed partial class TrafficWords : ComponentBase, IDisposable
{
    private IDisposable? _tick;
    private string _words = "";

    [Parameter, EditorRequired] public SampleView Sample { get; set; } = null!;
    [Inject] public required SampleService Samples { get; init; }
    [Inject] public required PageClock Clock { get; init; }

    public void Dispose() => _tick?.Dispose();

    protected override void OnInitialized() => _tick = Clock.OnTick(() => InvokeAsync(Refresh));

    protected override void OnParametersSet() => _words = Words();

    private string Words() => Sample.TrafficUntil is { } until && until > Clock.Now
        ? $"Traffic runs a few times a second and ends by itself {Format.Relative(until, Clock.Now)}; the newest {Format.Count(Samples.DecisionsKept)} decisions are kept."
        : $"Its traffic rests; once started it runs for {Format.Duration(Samples.TrafficLasts)}.";

    private void Refresh()
    {
        if (_words == Words()) return;
        _words = Words();
        StateHasChanged();
    }
}
