using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Nexus.Web.Shell;

/// <summary>
/// Asks before something that cannot be undone: says what will happen and names the action on its button. Ask through
/// <see cref="AskAsync"/>; a reason can be demanded with it.
/// </summary>
public sealed partial class ConfirmDialog : ComponentBase
{
    private string _reason = "";

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public string Title { get; set; } = "";
    [Parameter] public string Text { get; set; } = "";
    [Parameter] public string Action { get; set; } = "";
    [Parameter] public bool Dangerous { get; set; }

    /// <summary>The label of a reason that must be given; null where none is asked.</summary>
    [Parameter] public string? AskReason { get; set; }

    /// <returns>Null where the person thought better of it; else the reason, or an empty text where none was asked.</returns>
    public static async Task<string?> AskAsync(
        IDialogService dialogs, string title, string text, string action, bool dangerous = false, string? askReason = null)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { d => d.Title, title },
            { d => d.Text, text },
            { d => d.Action, action },
            { d => d.Dangerous, dangerous },
            { d => d.AskReason, askReason },
        };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        var answer = await dialog.Result;
        return answer is { Canceled: false, Data: string reason } ? reason : null;
    }

    private void Cancel() => Dialog.Cancel();

    private void Confirm() => Dialog.Close(DialogResult.Ok(_reason));
}
