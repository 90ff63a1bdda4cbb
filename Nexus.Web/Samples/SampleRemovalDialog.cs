using MudBlazor;
using Nexus.Data;
using Nexus.Data.Samples;
using Nexus.Jobs.Samples;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Samples;

/// <summary>Asks whether the sample workspace is to go, with all that goes and all that stays, and removes it.</summary>
public sealed class SampleRemovalDialog(SampleService samples, CurrentActor me, IDialogService dialogs, Notices notices)
{
    /// <exception cref="RefusedException">Forbidden, Conflict.</exception>
    public async Task AskAsync(SampleView sample)
    {
        var stays = await samples.StaysAsync(CancellationToken.None);
        var all = $"Everything in {sample.Name} goes: its agent with all decisions, labels and charts, its model, runs, pipeline and dataset, "
            + "also runs and versions that you have added to them. The ledger keeps its entries. It does not come back by itself; the Settings bring it again.";
        var text = stays.Count == 0 ? all : $"{all} These stay, because things of yours rest on them: {string.Join(" ", stays.Select(s => $"{s.Subject.Replace('/', ' ')} ({s.Reason.TrimEnd('.')})."))}";
        if (await ConfirmDialog.AskAsync(dialogs, "Remove the sample workspace?", text, "Remove", dangerous: true) is null) return;
        var removed = await samples.RemoveAsync(await me.GetAsync(), CancellationToken.None);
        notices.Done(removed.Stays.Count == 0 ? "The sample workspace is gone." : $"The sample workspace is gone, but for what things of yours rest on: {string.Join(", ", removed.Stays.Select(s => s.Subject))}.");
    }
}
