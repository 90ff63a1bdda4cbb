using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using Nexus.Jobs.Sweeps;

namespace Nexus.Web.Sweeps;

/// <summary>Asks how many more runs a sweep shall make.</summary>
public sealed partial class ExtendDialog : ComponentBase
{
    private int? _more;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public SweepView Sweep { get; set; } = null!;
    [Inject] public required IOptions<SweepOptions> Options { get; init; }

    private int Most => (int)Math.Min(Options.Value.MaxTrials, Sweep.Combinations ?? long.MaxValue) - Sweep.MaxTrials;

    /// <returns>Null where the person thought better of it.</returns>
    public static async Task<int?> AskAsync(IDialogService dialogs, SweepView sweep)
    {
        var parameters = new DialogParameters<ExtendDialog> { { d => d.Sweep, sweep } };
        var dialog = await dialogs.ShowAsync<ExtendDialog>("Extend", parameters, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: int more } ? more : null;
    }

    protected override void OnInitialized() => _more = Math.Min(10, Most);

    private void Cancel() => Dialog.Cancel();

    private void Extend() => Dialog.Close(DialogResult.Ok(_more!.Value));
}
