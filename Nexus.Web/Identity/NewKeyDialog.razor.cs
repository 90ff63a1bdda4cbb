using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Makes a key and shows it, once.</summary>
public sealed partial class NewKeyDialog : ComponentBase
{
    private readonly HashSet<Role> _roles = [];
    private string _name = "";
    private DateOnly _expires;
    private string? _problem;
    private CreatedKey? _made;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }
    [Parameter] public required PersonView Person { get; set; }
    [Inject] public required KeyService Keys { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    /// <returns>Whether a key was made.</returns>
    public static async Task<bool> AskAsync(IDialogService dialogs, PersonView person)
    {
        var parameters = new DialogParameters<NewKeyDialog> { { d => d.Person, person } };
        var dialog = await dialogs.ShowAsync<NewKeyDialog>("New key", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false });
        return await dialog.Result is { Canceled: false, Data: true };
    }

    protected override void OnInitialized()
    {
        _expires = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime).AddYears(1);
        _roles.UnionWith(Person.Roles);
    }

    private async Task MakeAsync()
    {
        try
        {
            var expires = new DateTimeOffset(_expires, TimeOnly.MaxValue, TimeSpan.Zero);
            _made = await Keys.CreateAsync(Person.UserName, new(_name, _roles, expires), await Current.GetAsync(), CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
    }

    private void Close() => Dialog.Close(DialogResult.Ok(_made is not null));
}
