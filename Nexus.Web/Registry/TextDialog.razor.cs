using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Nexus.Web.Registry;

/// <summary>Edits a longer text.</summary>
public sealed partial class TextDialog : ComponentBase
{
    private string _text = "";

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public string Title { get; set; } = "";
    [Parameter] public string Label { get; set; } = "";
    [Parameter] public string Text { get; set; } = "";

    /// <returns>The new text; null where the person thought better of it.</returns>
    public static async Task<string?> AskAsync(IDialogService dialogs, string title, string label, string text)
    {
        var parameters = new DialogParameters<TextDialog> { { d => d.Title, title }, { d => d.Label, label }, { d => d.Text, text } };
        var dialog = await dialogs.ShowAsync<TextDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Medium, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: string written } ? written : null;
    }

    protected override void OnInitialized() => _text = Text;

    private void Cancel() => Dialog.Cancel();

    private void Save() => Dialog.Close(DialogResult.Ok(_text));
}
