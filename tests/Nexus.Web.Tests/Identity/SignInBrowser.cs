using System.Net;
using System.Text.RegularExpressions;

namespace Nexus.Web.Tests.Identity;

/// <summary>A browser with its cookies, at the sign-in page.</summary>
internal sealed partial class SignInBrowser : IDisposable
{
    public SignInBrowser(PortalApp portal)
    {
        Cookies = new();
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = Cookies }) { BaseAddress = portal.ClientOptions.BaseAddress };
    }

    public CookieContainer Cookies { get; }

    public HttpClient Client { get; }

    public async Task<HttpResponseMessage> SignInAsync(string userName, string password, string at = "/sign-in", string? token = null) => await Client.PostAsync(at, new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["_handler"] = "sign-in",
        ["__RequestVerificationToken"] = token ?? await TokenAsync(at),
        ["Form.UserName"] = userName,
        ["Form.Password"] = password,
    }));

    public async Task<string> TokenAsync(string page) => Antiforgery().Match(await Client.GetStringAsync(page)).Groups[1].Value;

    public void Dispose() => Client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Antiforgery();
}
