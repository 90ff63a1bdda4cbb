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
