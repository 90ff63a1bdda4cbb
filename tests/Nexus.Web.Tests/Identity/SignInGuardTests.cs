using Microsoft.Extensions.Time.Testing;
using Nexus.Web.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Identity;

public sealed class SignInGuardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SignInGuard _guard;

    public SignInGuardTests() => _guard = new(_time);

    [Fact]
    public void Five_failures_are_followed_by_a_wait_that_doubles_to_two_hours()
    {
        var waits = new List<double>();
        for (var round = 0; round < 8; round++)
        {
            Fail("ada", "a", SignInGuard.Tries - 1);
            _guard.Wait("ada", "a").ShouldBe(TimeSpan.Zero);
            _guard.Try("ADA", "a");
            waits.Add(_guard.Wait("ada", "a").TotalMinutes);
            _time.Advance(_guard.Wait("ada", "a"));
            _guard.Wait("ada", "a").ShouldBe(TimeSpan.Zero);
        }

        waits.ShouldBe([5, 10, 20, 40, 80, 120, 120, 120]);
    }

    [Fact]
    public void Wait_is_of_one_client_at_one_name_and_over_after_a_day_or_a_success()
    {
        Fail("ada", "a", SignInGuard.Tries);

        _guard.Wait("ada", "a").ShouldBe(SignInGuard.First);
        _guard.Wait("ada", "b").ShouldBe(TimeSpan.Zero);
        _guard.Wait("bert", "a").ShouldBe(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromDays(1));
        Fail("ada", "a", SignInGuard.Tries);
        _guard.Wait("ada", "a").ShouldBe(SignInGuard.First);
        _guard.Forget("ada", "a");
        _guard.Wait("ada", "a").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Memory_is_bounded_and_the_quiet_are_forgotten_first()
    {
        for (var i = 0; i <= SignInGuard.MaxEntries; i++)
        {
            if (i == SignInGuard.MaxEntries) Fail("ada", "a", SignInGuard.Tries);
            _guard.Try($"name-{i}", "b");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _guard.Wait("ada", "a").ShouldBeGreaterThan(TimeSpan.Zero);
        _guard.Entries.ShouldBeLessThan(SignInGuard.MaxEntries);
    }

    private void Fail(string name, string client, int times)
    {
        for (var i = 0; i < times; i++) _guard.Try(name, client);
    }
}
