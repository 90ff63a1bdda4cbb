using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>In the Settings: bring the sample workspace, or remove it, and take the tour again.</summary>
public sealed partial class SampleSettings : ComponentBase
{
    private static readonly string[] Topics = [SampleStore.Topic];
    private SampleView? _sample;
    private bool _busy;

    [Inject] public required SampleService Samples { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => _sample = await Samples.FindAsync(CancellationToken.None);

    private async Task AddAsync()
    {
        _busy = true;
        await Notices.TryAsync(async () => _sample = await Samples.AddAsync(await Me.GetAsync(), CancellationToken.None));
        _busy = false;
    }
}
