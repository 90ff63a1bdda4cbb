using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Nexus.Web.Identity;

/// <summary>
/// Tells the browsers in which a person has signed in before from strangers' (after OWASP, "Slow Down Online Guessing Attacks
/// with Device Cookies"): the first are counted each for itself, and so no stranger can shut a person out of their own.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection, TimeProvider time)
{
    public const string CookieName = "nexus-known";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);
    private readonly IDataProtector _protector = protection.CreateProtector("Nexus.KnownBrowser");

    /// <summary>The name under which this browser's failures at the account are counted; a stranger's is its address.</summary>
    public string ClientOf(HttpContext http, string userName, out bool known)
    {
        var mark = Read(http.Request.Cookies[CookieName]);
        known = mark is [var id, var name] && id.Length > 0 && string.Equals(name, userName, StringComparison.OrdinalIgnoreCase);
        return known ? $"browser/{mark![0]}" : $"address/{ClientNetwork.Of(http.Connection.RemoteIpAddress)}";
    }

    /// <summary>The person has signed in here.</summary>
    public void Remember(HttpContext http, string userName) => http.Response.Cookies.Append(
        CookieName,
        _protector.Protect($"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}\n{userName}"),
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Expires = time.GetUtcNow() + Lifetime, Path = "/sign-in" });

    private string[]? Read(string? cookie)
    {
        if (cookie is not { Length: > 0 and < 1000 }) return null;
        try
        {
            return _protector.Unprotect(cookie).Split('\n');
        }
        catch (CryptographicException)
        {
            return null; // a stranger's, or made with keys that are gone
        }
    }
}
