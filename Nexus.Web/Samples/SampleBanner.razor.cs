using Microsoft.AspNetCore.Components;
using MudBlazor;
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
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }

    private async Task RemoveAsync()
    {
        _busy = true;
        await Notices.TryAsync(async () =>
        {
            var stays = await Samples.StaysAsync(CancellationToken.None);
            var all = $"Everything in {Sample.Name} goes: its agent with all decisions, labels and charts, its model, runs, pipeline and dataset, "
                + "also runs and versions that you have added to them. The ledger keeps its entries. It does not come back by itself; the Settings bring it again.";
            var text = stays.Count == 0 ? all : $"{all} These stay, because things of yours rest on them: {string.Join(" ", stays.Select(s => $"{s.Subject.Replace('/', ' ')} ({s.Reason.TrimEnd('.')})."))}";
            if (await ConfirmDialog.AskAsync(Dialogs, "Remove the sample workspace?", text, "Remove", dangerous: true) is null) return;
            var removed = await Samples.RemoveAsync(await Me.GetAsync(), CancellationToken.None);
            Notices.Done(removed.Stays.Count == 0 ? "The sample workspace is gone." : $"The sample workspace is gone, but for what things of yours rest on: {string.Join(", ", removed.Stays.Select(s => s.Subject))}.");
        });
        _busy = false;
    }
}
