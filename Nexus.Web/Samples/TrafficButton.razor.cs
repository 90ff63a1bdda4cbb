using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>Starts and stops the sample's traffic.</summary>
public sealed partial class TrafficButton : ComponentBase
{
    private bool _busy;

    [Parameter, EditorRequired] public SampleView Sample { get; set; } = null!;
    [Inject] public required SampleService Samples { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    private bool Runs => Sample.TrafficUntil > Time.GetUtcNow();

    private async Task TurnAsync()
    {
        _busy = true;
        await Notices.TryAsync(async () => Sample = await Samples.SetTrafficAsync(!Runs, await Me.GetAsync(), CancellationToken.None));
        _busy = false;
    }
}
