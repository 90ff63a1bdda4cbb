using Microsoft.AspNetCore.Authorization;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>The sample workspace brought or removed.</summary>
internal sealed class SamplePalette(SampleMarks marks, SampleService samples, IAuthorizationService authorization, CurrentActor me, SampleRemovalDialog removal, Notices notices) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct)
    {
        if (!(await authorization.AuthorizeAsync(context.Me, Policies.Samples)).Succeeded) return [];
        return marks.Any
            ? [new PaletteItem("Remove the sample workspace") { Act = RemoveAsync, Also = "delete demo example" }]
            : [new PaletteItem("Bring the sample workspace") { Act = AddAsync, Also = "add demo example" }];
    }

    private async Task RemoveAsync()
    {
        if (await samples.FindAsync(CancellationToken.None) is { } sample) await removal.AskAsync(sample);
    }

    private async Task AddAsync()
    {
        await samples.AddAsync(await me.GetAsync(), CancellationToken.None);
        notices.Done("The sample workspace is being made; it takes less than a minute.");
    }
}
