using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Identity;
using Nexus.Web.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

/// <summary>What a guesser meets, and what the person whose account is guessed at does not.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private const string Password = "four words make it";
    private readonly CountingHasher _hasher = new();
    private PortalApp _portal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:FailuresPerMinute"] = "10000" }, services => services.AddSingleton<IPasswordHasher<Person>>(_hasher));
        await MakeAsync("ada", Password);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Refusals_cost_the_same_work_and_say_the_same_whatever_the_account()
    {
        await MakeAsync("disabled", Password);
        await _portal.Get<PersonService>().DisableAsync("disabled", PortalApp.Stage, Stop);
        await MakeAsync("without", null);
        await MakeAsync("shut", Password);
        await using (var db = _portal.Open())
            await db.Users.Where(p => p.UserName == "shut").ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, DateTimeOffset.MaxValue), Stop);
        using var browser = new SignInBrowser(_portal);
        await browser.SignInAsync("warm-up", "once");

        foreach (var (name, password) in new[] { ("ada", "wrong"), ("nobody", Password), ("disabled", Password), ("without", Password), ("shut", Password), ("bootstrap", Password), ("ada", ""), ("", ""), (new string('x', 500), Password), ("ada", new string('x', 5000)), ("İ\u202E", Password) })
        {
            var before = _hasher.Verified;
            using var answer = await browser.SignInAsync(name, password);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain(SignInDesk.Wrong, Case.Sensitive, name);
            (_hasher.Verified - before).ShouldBe(1, name);
        }

        for (var i = 0; i < SignInGuard.Tries - 1; i++) (await browser.SignInAsync("nobody", "x")).Dispose();
        using var waiting = await browser.SignInAsync("nobody", Password);
        (await waiting.Content.ReadAsStringAsync(Stop)).ShouldContain("Too many wrong passwords from here"); // as for a name that somebody has
    }

    [Fact]
    public async Task Person_comes_in_by_a_known_browser_whatever_strangers_do()
    {
        using var own = new SignInBrowser(_portal);
        (await own.SignInAsync("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var stranger = new SignInBrowser(_portal);
        for (var i = 0; i < SignInGuard.Tries; i++) (await stranger.SignInAsync("ada", "wrong")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await FailFromElsewhereAsync();

        (await stranger.SignInAsync("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.SignInAsync("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        for (var i = 0; i < SignInGuard.Tries; i++) (await own.SignInAsync("ada", "wrong")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.SignInAsync("ada", Password)).StatusCode.ShouldBe(HttpStatusCode.OK); // a stolen browser is slowed too
    }

    [Fact]
    public async Task Failures_of_strangers_are_kept_and_shut_the_account_to_them_for_a_while()
    {
        using var stranger = new SignInBrowser(_portal);
        (await stranger.SignInAsync("ada", "wrong")).Dispose();
        while ((await PersonAsync()).AccessFailedCount == 0) await Task.Delay(10, Stop);

        await FailFromElsewhereAsync();

        var shut = await PersonAsync();
        shut.LockoutEnd!.Value.ShouldBe(TimeProvider.System.GetUtcNow() + StrangerFailures.Shut, TimeSpan.FromMinutes(1));
        shut.AccessFailedCount.ShouldBe(0);
        await _portal.Get<PersonService>().ResetPasswordAsync("ada", Password + "!", PortalApp.Stage, Stop);
        (await stranger.SignInAsync("ada", Password + "!")).StatusCode.ShouldBe(HttpStatusCode.Redirect); // an Admin opens it at once
    }

    [Fact]
    public async Task Fifty_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        using var browser = new SignInBrowser(_portal);
        var token = await browser.TokenAsync("/sign-in");
        var before = _hasher.Verified;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => browser.SignInAsync("ada", "wrong", "/sign-in", token)));

        (_hasher.Verified - before).ShouldBe(SignInGuard.Tries);
        var texts = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Stop)));
        texts.Count(text => text.Contains("Too many wrong passwords from here", StringComparison.Ordinal)).ShouldBe(50 - SignInGuard.Tries);
    }

    [Fact]
    public async Task Sign_in_without_the_database_says_so_in_the_form()
    {
        using var browser = new SignInBrowser(_portal);
        var token = await browser.TokenAsync("/sign-in");
        _hasher.Failure = new IOException("full", 28);

        using var answer = await browser.SignInAsync("ada", Password, "/sign-in", token);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var page = await answer.Content.ReadAsStringAsync(Stop);
        page.ShouldContain("There is no room left");
        page.ShouldContain("Form.Password");
    }

    /// <summary>As often as shuts the account to strangers.</summary>
    private async Task FailFromElsewhereAsync()
    {
        await using (var db = _portal.Open())
            await db.Users.Where(p => p.UserName == "ada").ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, StrangerFailures.Most - 1), Stop);
        await _portal.Get<StrangerFailures>().CountAsync("ada", Stop);
    }

    private async Task<Person> PersonAsync()
    {
        await using var db = _portal.Open();
        return await db.Users.AsNoTracking().SingleAsync(p => p.UserName == "ada", Stop);
    }

    private async Task MakeAsync(string name, string? password) =>
        await _portal.Get<PersonService>().CreateAsync(new(name, name, [Role.Engineer], password), PortalApp.Stage, Stop);

    private sealed class CountingHasher : IPasswordHasher<Person>
    {
        private readonly PasswordHasher<Person> _inner = new();

        private int _verified;

        public int Verified => Volatile.Read(ref _verified);

        public Exception? Failure { get; set; }

        public string HashPassword(Person user, string password) => _inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            if (Failure is not null) throw Failure;
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
