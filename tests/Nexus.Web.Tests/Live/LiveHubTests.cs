using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Live;

public sealed class LiveHubTests(PortalApp portal) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Subscriber_gets_what_happens_under_its_topic_and_nothing_else()
    {
        await using var connection = await ConnectAsync(await portal.KeyAsync("vera", Role.Viewer));
        var got = Channel.CreateUnbounded<JsonElement>();
        connection.On<JsonElement>("message", message => got.Writer.TryWrite(message));
        await connection.InvokeAsync("Subscribe", "agent:elec2");

        portal.Get<LiveEvents>().Publish("agent:other", "changed");
        portal.Get<LiveEvents>().Publish("agent:elec2", "changed", new { revision = 3 });

        var message = await got.Reader.ReadAsync(TestContext.Current.CancellationToken);
        message.GetProperty("topic").GetString().ShouldBe("agent:elec2");
        message.GetProperty("kind").GetString().ShouldBe("changed");
        message.GetProperty("at").GetString()!.ShouldEndWith("Z");
        message.GetProperty("data").GetProperty("revision").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("run:not-an-id")]
    [InlineData("agent:Not A Name")]
    [InlineData("ledger")]
    public async Task Topic_that_is_none_or_not_for_the_role_is_refused(string topic)
    {
        await using var connection = await ConnectAsync(await portal.KeyAsync("vera", Role.Viewer));

        await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Subscribe", topic));
    }

    [Theory]
    [InlineData("key revoked")]
    [InlineData("person disabled")]
    [InlineData("role taken")]
    public async Task Connection_is_cut_within_seconds_when_what_it_stands_on_is_gone(string what)
    {
        var (people, keys, name) = (portal.Get<PersonService>(), portal.Get<KeyService>(), $"cut-{Guid.NewGuid():N}");
        await people.CreateAsync(new(name, name, [Role.Viewer, Role.Auditor]), PortalApp.Stage, default);
        var key = await keys.CreateAsync(name, new("k"), PortalApp.Stage, default);
        await using var connection = await ConnectAsync(key.Key);
        await using var other = await ConnectAsync(await portal.KeyAsync("vera", Role.Viewer));
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.SetResult();
            return Task.CompletedTask;
        };
        await connection.InvokeAsync("Subscribe", "ledger");

        await (what switch
        {
            "key revoked" => keys.RevokeAsync(name, key.Id, PortalApp.Stage, default),
            "person disabled" => people.DisableAsync(name, PortalApp.Stage, default),
            _ => people.SetRolesAsync(name, [Role.Viewer], PortalApp.Stage, default),
        });

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        other.State.ShouldBe(HubConnectionState.Connected);
        if (what == "role taken")
        {
            await using var again = await ConnectAsync(key.Key);
            await Should.ThrowAsync<HubException>(() => again.InvokeAsync("Subscribe", "ledger"));
        }
        else
        {
            await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(key.Key));
        }
    }

    [Fact]
    public async Task Odd_messages_and_floods_are_refused_and_leave_nothing_behind()
    {
        var key = await portal.KeyAsync("olaf", Role.Viewer);
        await using var connection = await ConnectAsync(key);
        var before = portal.Get<LiveEvents>().Topics;
        foreach (var topic in new object?[] { null, "", "\0", "agent:", "agent:" + new string('a', 20_000), "run:\ud800", "agent:a:b", "AGENT:x", "ledger ", 7, new[] { "approvals" }, new { topic = "approvals" } })
            await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Subscribe", topic), $"{topic}");
        await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Subscribe"));
        await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("OnDisconnectedAsync", (object?)null));
        await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Publish", "approvals", "changed"));

        for (var i = 0; i < 300; i++)
        {
            await connection.InvokeAsync("Subscribe", $"run:{Guid.NewGuid()}").ContinueWith(_ => { }, TaskScheduler.Default);
            if (i >= 100) await connection.InvokeAsync("Unsubscribe", $"run:{Guid.NewGuid()}");
        }

        (portal.Get<LiveEvents>().Topics - before).ShouldBeLessThanOrEqualTo(100);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.SetResult();
            return Task.CompletedTask;
        };
        await connection.InvokeAsync("Subscribe", "agent:" + new string('a', 1_000_000)).ContinueWith(_ => { }, TaskScheduler.Default);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        while (portal.Get<LiveEvents>().Topics > before) await Task.Delay(20, TestContext.Current.CancellationToken);
        portal.Errors.All.Where(e => !e.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_connects_without_a_key() => await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(null));

    private async Task<HubConnection> ConnectAsync(string? key)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(portal.ClientOptions.BaseAddress, "/hubs/live"), http => http.AccessTokenProvider = () => Task.FromResult(key))
            .Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
