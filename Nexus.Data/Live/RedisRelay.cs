using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using StackExchange.Redis;

namespace Nexus.Data.Live;

/// <summary>
/// Carries live events between nodes by Redis' publish and subscribe. While Redis is away the node goes on with its own events:
/// nothing is kept for later, since an event only says earlier what the database says anyway.
/// </summary>
internal sealed partial class RedisRelay(LiveEvents live, NodeIdentity node, IOptions<NexusOptions> options, ILogger<RedisRelay> logger) : BackgroundService
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("nexus-portal:live");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new UtcTimes(), new JsonStringEnumConverter() } };
    private int _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Redis is not { Length: > 0 } address) return;
        var configuration = ConfigurationOptions.Parse(address);
        (configuration.AbortOnConnectFail, configuration.BacklogPolicy) = (false, BacklogPolicy.FailFast);
        configuration.ReconnectRetryPolicy = new LinearRetry(1000);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        redis.ConnectionFailed += (_, failure) => Away(failure.Exception);
        redis.ConnectionRestored += (_, _) => Back();
        if (!redis.IsConnected) Away(null);
        var subscriber = redis.GetSubscriber();
        var messages = await subscriber.SubscribeAsync(Channel, CommandFlags.FireAndForget); // taken up again at every reconnection
        messages.OnMessage(message => Receive(message.Message));
        live.RelayBy(e => Send(subscriber, e));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        finally
        {
            live.RelayBy(null);
        }
    }

    private void Send(ISubscriber subscriber, LiveEvent e)
    {
        try
        {
            var data = e.Data is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(e.Data, Json);
            subscriber.Publish(Channel, JsonSerializer.SerializeToUtf8Bytes(new Message(node.Id, e.Topic, e.Kind, e.At, data), Json), CommandFlags.FireAndForget);
        }
        catch (RedisException away)
        {
            Away(away);
        }
        catch (Exception failure)
        {
            Log.NotSent(logger, failure, e.Topic, e.Kind); // the publisher's change is committed all the same
        }
    }

    private void Receive(RedisValue value)
    {
        try
        {
            var message = JsonSerializer.Deserialize<Message>(((ReadOnlyMemory<byte>)value).Span, Json);
            if (message is not null && message.Node != node.Id) live.Deliver(new(message.Topic, message.Kind, message.At, message.Data));
        }
        catch (JsonException foreign)
        {
            Log.Foreign(logger, foreign);
        }
    }

    private void Away(Exception? why)
    {
        if (Interlocked.Exchange(ref _away, 1) == 0) Log.Away(logger, why);
    }

    private void Back()
    {
        if (Interlocked.Exchange(ref _away, 0) == 1) Log.Back(logger);
    }

    private sealed record Message(Guid Node, string Topic, string Kind, DateTimeOffset At, JsonElement? Data);

    private static partial class Log
    {
        [LoggerMessage(1820, LogLevel.Warning, "Redis is away: live events stay on this node until it is back")]
        public static partial void Away(ILogger logger, Exception? why);

        [LoggerMessage(1821, LogLevel.Information, "Redis is back: live events reach all nodes again")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(1822, LogLevel.Warning, "A message in Redis is not of this portal's making; it is passed over")]
        public static partial void Foreign(ILogger logger, Exception foreign);

        [LoggerMessage(1823, LogLevel.Error, "An event of {Topic} of the kind {Kind} could not be sent to the other nodes")]
        public static partial void NotSent(ILogger logger, Exception failure, string topic, string kind);
    }
}
