using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Nexus.Data.Identity;

namespace Nexus.Web.Identity;

/// <summary>Signs a person in; a plain form, so that it works before any circuit stands.</summary>
public sealed partial class SignInPage
{
    private string? _problem;

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [Inject]
    public required SignInManager<Person> SignIn { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Form ??= new();

    private async Task SignInAsync()
    {
        var result = await SignIn.PasswordSignInAsync(Form!.UserName, Form.Password, isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            // Only a path of our own; anything else would send people elsewhere.
            var to = ReturnUrl is ['/', not ('/' or '\\'), ..] ? ReturnUrl : "/";
            Navigation.NavigateTo(to, forceLoad: true);
            return;
        }

        _problem = result.IsLockedOut
            ? "Too many wrong passwords. Wait five minutes, then try again."
            : "The user name or the password is wrong.";
    }

    /// <summary>What the form posts.</summary>
    private sealed class SignInForm
    {
        public string UserName { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
