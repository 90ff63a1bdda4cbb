using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Nexus.Data.Identity;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Identity;

/// <summary>
/// Signs people in by name and password. Whoever is refused learns nothing of the account: a name that nobody has, an account
/// that is disabled, has no password or is shut to strangers costs the same work and gives the same words as a wrong password.
/// </summary>
internal sealed class SignInDesk(
    UserManager<Person> people, SignInManager<Person> signIn, IPasswordHasher<Person> hasher, SignInGuard guard, KnownBrowsers browsers, StrangerFailures failures, TimeProvider time)
{
    public const string Wrong = "The user name or the password is wrong. If you are sure of both, try again in a quarter of an hour.";

    // What an unknown name's password is held against: made once, of nothing.
    private static string? s_nobodys;

    /// <returns>Null where the person is signed in; else what to say.</returns>
    public async Task<string?> TryAsync(HttpContext http, string? userName, string? password)
    {
        try
        {
            return await SignInAsync(http, userName, password);
        }
        catch (Exception failure) when (Outage.Of(failure) is { } lacking)
        {
            return lacking; // to a person, in the form; a program would be told by a status
        }
    }

    private async Task<string?> SignInAsync(HttpContext http, string? userName, string? password)
    {
        var name = userName?.Trim() ?? "";
        if (name.Length is 0 or > 128 || password is not { Length: > 0 and <= PasswordRule.MaxLength }) (name, password) = (name[..Math.Min(name.Length, 128)], "\0");
        var client = browsers.ClientOf(http, name, out var known);
        if (guard.Try(name, client) is { Ticks: > 0 } wait)
            return string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords from here. Try again in {Math.Ceiling(wait.TotalMinutes)} min.");

        var person = await people.FindByNameAsync(name);
        if (await IsRightAsync(person, password, known) && person is not null)
        {
            guard.Forget(name, client);
            await failures.ForgiveAsync(person.Id, http.RequestAborted);
            await signIn.SignInAsync(person, isPersistent: true);
            browsers.Remember(http, person.UserName!);
            return null;
        }

        // After the answer: how long it takes must not tell whether there is anything to count at.
        if (!known) http.Response.OnCompleted(() => failures.CountAsync(name, CancellationToken.None));
        return Wrong;
    }

    private async Task<bool> IsRightAsync(Person? person, string password, bool known)
    {
        var open = person is { DisabledAt: null, PasswordHash: not null } && (known || person.LockoutEnd is null || person.LockoutEnd <= time.GetUtcNow());
        if (open) return await people.CheckPasswordAsync(person!, password);
        var nobody = new Person { DisplayName = "", CreatedAt = default };
        hasher.VerifyHashedPassword(nobody, s_nobodys ??= hasher.HashPassword(nobody, "\0\0"), password);
        return false;
    }
}
