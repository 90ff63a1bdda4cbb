using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Identity;

/// <summary>Signs a person in; a plain form, so that it works before any circuit stands.</summary>
public sealed partial class SignInPage
{
    private string? _problem;

    [SupplyParameterFromForm]
    private SignInForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    internal SignInDesk Desk { get; init; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Form ??= new();

    private async Task SignInAsync()
    {
        _problem = await Desk.TryAsync(Http, Form!.UserName, Form.Password);
        if (_problem is not null) return;

        // Only a path of our own; anything else would send people elsewhere.
        var to = ReturnUrl is ['/', not ('/' or '\\'), ..] && !ReturnUrl.Any(char.IsControl) ? ReturnUrl : "/";
        Navigation.NavigateTo(to, forceLoad: true);
    }

    /// <summary>What the form posts.</summary>
    private sealed class SignInForm
    {
        public string UserName { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
