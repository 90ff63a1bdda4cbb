using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Identity;

/// <summary>A person's keys, newest first.</summary>
public sealed partial class KeysPanel : ComponentBase
{
    private KeysetTable<KeyView> _table = null!;

    [Parameter, EditorRequired] public string UserName { get; set; } = "";
    [Parameter] public string Title { get; set; } = "Which keys act as me?";
    [Inject] public required KeyService Keys { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    public Task ReloadAsync() => _table.ReloadAsync();

    private async Task<Page<KeyView>> LoadAsync(PageRequest request, CancellationToken ct) => await Keys.ListAsync(UserName, request, await Current.GetAsync(), ct);

    private (ChipState Chip, string Word) StateOf(KeyView key) =>
        key.RevokedAt is not null ? (ChipState.Plain, "revoked")
        : key.ExpiresAt <= Time.GetUtcNow() ? (ChipState.Plain, "expired")
        : key.ExpiresAt <= Time.GetUtcNow().AddDays(14) ? (ChipState.Warn, "expires soon")
        : (ChipState.Good, "works");

    private async Task RevokeAsync(KeyView key)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"Revoke {key.Name}?", "Programs that use it are refused from now on. This cannot be undone.", "Revoke", dangerous: true) is null) return;
        var actor = await Current.GetAsync();
        if (await Notices.TryAsync(() => Keys.RevokeAsync(UserName, key.Id, actor, CancellationToken.None), "The key is revoked.")) await ReloadAsync();
    }
}
