using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class LimitTests
{
    [Fact]
    public async Task Key_beyond_its_requests_gets_429_and_another_key_goes_on()
    {
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:RequestsPerSecond"] = "5" });
        var ada = portal.As("ada", Role.Viewer);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ada.GetAsync("/api/v1/me")));

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await portal.As("bert", Role.Viewer).GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down()
    {
        await using var portal = await PortalApp.StartAsync(new() { ["Nexus:Limits:FailuresPerMinute"] = "3" });
        (await portal.As("ada", Role.Viewer).GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var guesser = portal.WithKey("nxs_not-a-key-at-all-0123456789");
        for (var i = 0; i < 3; i++) await (await guesser.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);

        await (await guesser.GetAsync("/api/v1/me")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        (await portal.As("ada", Role.Viewer).GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Key_guessed_beyond_the_limit_costs_the_database_nothing()
    {
        var counter = new CommandCounter();
        await using var portal = await PortalApp.StartAsync(
            new() { ["Nexus:Limits:FailuresPerMinute"] = "3" },
            services => services.ConfigureDbContext<NexusDb>(db => db.AddInterceptors(counter)));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++)
        {
            using var guesser = portal.WithKey($"nxs_not-a-key-at-all-{i:D10}");
            using var answer = await guesser.GetAsync("/api/v1/me");
            answers.Add(answer.StatusCode);
        }

        answers.Take(3).ShouldAllBe(status => status == HttpStatusCode.Unauthorized);
        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(20);
        counter.LookUps.ShouldBe(answers.Count(status => status == HttpStatusCode.Unauthorized));
    }

    /// <summary>Counts reads of keys by their hash.</summary>
    private sealed class CommandCounter : DbCommandInterceptor
    {
        private int _lookUps;

        public int LookUps => Volatile.Read(ref _lookUps);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("ApiKeys", StringComparison.Ordinal) && command.CommandText.Contains("Hash", StringComparison.Ordinal)) Interlocked.Increment(ref _lookUps);
            return ValueTask.FromResult(result);
        }
    }
}
