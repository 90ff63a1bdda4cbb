using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace Nexus.Web.Shell;

/// <summary>Asks before a document is left that was changed and not saved; the browser asks where the whole portal is left.</summary>
public sealed partial class UnsavedChanges : ComponentBase
{
    private bool _leaving;

    /// <summary>Whether something would be lost.</summary>
    [Parameter, EditorRequired] public bool Changed { get; set; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>Goes there unasked: nothing is lost by it.</summary>
    public void Leave(string to, bool replace = false)
    {
        _leaving = true;
        Navigation.NavigateTo(to, replace: replace);
    }

    private async Task AskAsync(LocationChangingContext context)
    {
        if (_leaving || !Changed)
        {
            _leaving = false;
            return;
        }

        var sure = await ConfirmDialog.AskAsync(Dialogs, "Leave without saving?", "What you changed in this document is lost.", "Leave", dangerous: true);
        if (sure is null) context.PreventNavigation();
    }
}
