using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Makes a person and shows the link for their first password; or changes a person's roles.</summary>
public sealed partial class PersonDialog : ComponentBase
{
    private readonly HashSet<Role> _roles = [];
    private string _userName = "";
    private string _displayName = "";
    private string? _problem;
    private string? _link;

    [CascadingParameter] public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Whose roles; null for a new person.</summary>
    [Parameter] public PersonView? Person { get; set; }

    /// <summary>Whose link, and its token; where there is nothing to ask.</summary>
    [Parameter] public (string UserName, string Token)? Link { get; set; }
    [Inject] public required PersonService People { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    public static Task<bool> NewAsync(IDialogService dialogs) => AskAsync(dialogs, []);

    public static Task<bool> RolesAsync(IDialogService dialogs, PersonView person) => AskAsync(dialogs, new() { { d => d.Person, person } });

    public static Task ShowLinkAsync(IDialogService dialogs, string userName, string token) => AskAsync(dialogs, new() { { d => d.Link, (userName, token) } });

    protected override void OnInitialized()
    {
        if (Person is not null) _roles.UnionWith(Person.Roles);
        if (Link is var (userName, token)) Show(userName, token);
    }

    private static async Task<bool> AskAsync(IDialogService dialogs, DialogParameters<PersonDialog> parameters)
    {
        var dialog = await dialogs.ShowAsync<PersonDialog>("Person", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false });
        return await dialog.Result is { Canceled: false, Data: true };
    }

    private async Task SaveAsync()
    {
        try
        {
            var actor = await Current.GetAsync();
            if (Person is not null)
            {
                await People.SetRolesAsync(Person.UserName, _roles, actor, CancellationToken.None);
                Close(true);
                return;
            }

            var made = await People.CreateAsync(new(_userName.Trim(), _displayName, _roles), actor, CancellationToken.None);
            Show(made.Person.UserName, made.SetupToken!);
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
        }
    }

    private void Show(string userName, string token) => (_userName, _link) = (userName, Navigation.ToAbsoluteUri($"/set-up?token={token}").ToString());

    private void Close(bool changed) => Dialog.Close(DialogResult.Ok(changed));
}
