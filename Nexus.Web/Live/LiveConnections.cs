using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Nexus.Data.Live;

namespace Nexus.Web.Live;

/// <summary>The clients that are connected, and what they listen to.</summary>
internal sealed class LiveConnections(LiveEvents live, IHubContext<LiveHub> hub)
{
    private readonly ConcurrentDictionary<string, LiveConnection> _connections = new();

    /// <returns>False where the connection has too many topics.</returns>
    public bool Subscribe(string connectionId, string topic) =>
        _connections.GetOrAdd(connectionId, id => new(live, hub.Clients.Client(id))).Subscribe(topic);

    public void Unsubscribe(string connectionId, string topic)
    {
        if (_connections.TryGetValue(connectionId, out var connection)) connection.Unsubscribe(topic);
    }

    public void Remove(string connectionId)
    {
        if (_connections.TryRemove(connectionId, out var connection)) connection.Dispose();
    }
}
