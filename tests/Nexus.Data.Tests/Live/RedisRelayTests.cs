using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Nexus.Data.Live;
using Nexus.Data.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Live;

/// <summary>Two nodes and a Redis between them.</summary>
public sealed class RedisRelayTests
{
    [Fact]
    public async Task Event_reaches_every_node_once_and_goes_on_when_Redis_was_away()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var a = await Relayed.StartAsync(redis.Address);
        await using var b = await Relayed.StartAsync(redis.Address);
        await ConnectedAsync(a, b);
        await ConnectedAsync(b, a);

        a.Live.Publish("runs", "run", new { id = "7", status = DayOfWeek.Monday, at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) });
        a.Live.Publish("runs", "end");

        await UntilAsync(() => b.Heard.Any(e => e.Kind == "end"));
        var heard = b.Heard.Single(e => e.Kind == "run");
        JsonSerializer.Serialize(heard.Data).ShouldBe("""{"id":"7","status":"Monday","at":"2026-01-02T03:04:05Z"}""");
        a.Heard.Count(e => e.Kind == "run").ShouldBe(1, "its own event does not come back");

        await redis.StopAsync();
        a.Live.Publish("runs", "alone");
        a.Heard.Count(e => e.Kind == "alone").ShouldBe(1);
        await redis.StartAgainAsync();
        await ConnectedAsync(a, b);
        b.Heard.ShouldNotContain(e => e.Kind == "alone", "what was missed is in the database");
    }

    [Fact]
    public async Task Node_starts_and_works_without_the_Redis_that_it_is_told_of()
    {
        await using var a = await Relayed.StartAsync("127.0.0.1:1,connectTimeout=200");

        a.Live.Publish("runs", "run");

        a.Heard.Count.ShouldBe(1);
    }

    /// <summary>Subscribing takes its time: asks until an answer has come.</summary>
    private static async Task ConnectedAsync(Relayed from, Relayed to)
    {
        var word = Guid.NewGuid().ToString("N");
        await UntilAsync(() =>
        {
            from.Live.Publish("runs", word);
            return to.Heard.Any(e => e.Kind == word);
        });
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var limit = Stopwatch.StartNew(); !condition();)
        {
            limit.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
    }

    private sealed class Relayed : IAsyncDisposable
    {
        private readonly RedisRelay _relay;

        private Relayed(string address)
        {
            _relay = new(Live, new NodeIdentity(), Options.Create(new NexusOptions { Redis = address }), NullLogger<RedisRelay>.Instance);
            Live.Subscribe("runs", Heard.Enqueue);
        }

        public LiveEvents Live { get; } = new(TimeProvider.System, NullLogger<LiveEvents>.Instance);

        public ConcurrentQueue<LiveEvent> Heard { get; } = [];

        public static async Task<Relayed> StartAsync(string address)
        {
            var relayed = new Relayed(address);
            await relayed._relay.StartAsync(CancellationToken.None);
            return relayed;
        }

        public async ValueTask DisposeAsync()
        {
            await _relay.StopAsync(CancellationToken.None);
            _relay.Dispose();
        }
    }
}
