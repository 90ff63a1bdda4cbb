using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>Says that there is a sample workspace, and what can be done with it: tour, traffic, removal.</summary>
public sealed partial class SampleBanner : ComponentBase
{
    private bool _busy;

    [Parameter, EditorRequired] public SampleView Sample { get; set; } = null!;
    [Inject] public required SampleService Samples { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required SampleRemovalDialog Removal { get; init; }
    [Inject] public required Notices Notices { get; init; }

    // One that is half made goes on where it stopped.
    private async Task AgainAsync()
    {
        _busy = true;
        await Notices.TryAsync(async () => Sample = await Samples.AddAsync(await Me.GetAsync(), CancellationToken.None));
        _busy = false;
    }

    private async Task RemoveAsync()
    {
        _busy = true;
        await Notices.TryAsync(() => Removal.AskAsync(Sample));
        _busy = false;
    }
}
