using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Nexus.Web.Shell;

/// <summary>Goes to anything by name: type, arrows, Enter.</summary>
public sealed partial class Palette : ComponentBase
{
    private ElementReference _input;
    private IReadOnlyList<Place> _found = [];
    private string _query = "";
    private int _at;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Inject] public required Places Places { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync() => _found = await Places.FindAsync("", CancellationToken.None);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _input.FocusAsync();
    }

    private async Task SearchAsync(ChangeEventArgs change)
    {
        _query = change.Value as string ?? "";
        var found = await Places.FindAsync(_query, CancellationToken.None);
        (_found, _at) = (found, 0);
    }

    private void Press(KeyboardEventArgs key)
    {
        if (key.Key == "ArrowDown") _at = Math.Min(_at + 1, _found.Count - 1);
        else if (key.Key == "ArrowUp") _at = Math.Max(_at - 1, 0);
        else if (key.Key == "Enter" && _at >= 0 && _at < _found.Count) Go(_found[_at]);
    }

    private void Go(Place place)
    {
        Dialog.Close();
        Navigation.NavigateTo(place.Href);
    }
}
