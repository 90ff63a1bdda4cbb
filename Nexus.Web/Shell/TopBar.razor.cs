using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Nexus.Web.Shell;

/// <summary>Where I am, the way to anywhere else, the theme, and me.</summary>
public sealed partial class TopBar : ComponentBase
{
    private bool _open;

    [Inject] public required IDialogService Dialogs { get; init; }

    private static string Initials(string? name)
    {
        var parts = (name ?? "?").Split('@')[0].Split(['.', '-', '_', ' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Take(2).Select(part => char.ToUpperInvariant(part[0])));
    }

    private static string Roles(ClaimsPrincipal person) =>
        string.Join(", ", person.FindAll(ClaimTypes.Role).Select(role => role.Value).Order(StringComparer.Ordinal));

    private async Task GoAsync()
    {
        if (_open) return;
        _open = true;
        var dialog = await Dialogs.ShowAsync<PaletteDialog>("", new DialogOptions { NoHeader = true, MaxWidth = MaxWidth.Small, FullWidth = true, Position = DialogPosition.TopCenter, CloseOnEscapeKey = true });
        await dialog.Result;
        _open = false;
    }
}
