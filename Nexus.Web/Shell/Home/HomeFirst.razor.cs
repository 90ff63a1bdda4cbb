using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;

namespace Nexus.Web.Shell.Home;

/// <summary>The first step in a portal where there is nothing yet.</summary>
public sealed partial class HomeFirst : ComponentBase
{
    private bool _adding;

    /// <summary>Asks for a file.</summary>
    [Parameter, EditorRequired] public EventCallback Upload { get; set; }
    [Inject] public required SampleService Samples { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required Notices Notices { get; init; }

    private async Task AddAsync()
    {
        _adding = true;
        try
        {
            await Samples.AddAsync(await Me.GetAsync(), CancellationToken.None);
        }
        catch (RefusedException refused)
        {
            Notices.Refused(refused);
            _adding = false;
        }
    }
}
