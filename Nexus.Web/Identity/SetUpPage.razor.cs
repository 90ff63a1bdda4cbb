using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Where a set-up link leads: a plain form, that works once.</summary>
public sealed partial class SetUpPage : ComponentBase
{
    private string? _owner;
    private string? _dead;
    private string? _problem;

    [SupplyParameterFromForm] private SetUpForm? Form { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    [Inject] public required SetupService Setup { get; init; }
    [Inject] public required PersonService People { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        try
        {
            _owner = await Setup.OwnerAsync(Token ?? "", CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            _dead = refusal.Message;
        }
    }

    private async Task SetUpAsync()
    {
        if (_dead is not null) return;
        try
        {
            await Setup.UseAsync(Token ?? "", Form!.UserName, Form.Password, People, CancellationToken.None);
        }
        catch (RefusedException refusal)
        {
            _problem = refusal.Message;
            return;
        }

        Navigation.NavigateTo("/sign-in", forceLoad: true);
    }

    /// <summary>What the form posts.</summary>
    private sealed class SetUpForm
    {
        public string UserName { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
