using Microsoft.AspNetCore.SignalR;
using Nexus.Data.Identity;
using Nexus.Web.Identity;

namespace Nexus.Web.Live;

/// <summary>
/// <c>Subscribe(topic)</c> with <c>agent:{name}</c>, <c>run:{id}</c>, <c>sweep:{id}</c>, <c>approvals</c>, <c>labels</c> and the like; what happens then comes as the
/// client method <c>message</c> with one argument: <c>{topic, kind, at, data}</c>.
/// </summary>
internal sealed class LiveHub(LiveConnections connections, LiveSessions sessions) : Hub
{
    public const string Method = "message";

    public override Task OnConnectedAsync()
    {
        sessions.Add(Context);
        return base.OnConnectedAsync();
    }

    /// <exception cref="HubException">No such topic, not for these roles, or too many.</exception>
    public void Subscribe(string topic)
    {
        if (!LiveTopics.IsTopic(topic)) throw new HubException($"There is no such topic: {string.Join(", ", LiveTopics.Forms)}.");
        var actor = Actors.From(Context.User ?? new());
        if (LiveTopics.IsForAuditors(topic) && !actor.Is(Role.Auditor) && !actor.Is(Role.Admin)) throw new HubException("This topic is for the roles Auditor and Admin.");
        if (!connections.Subscribe(Context.ConnectionId, topic)) throw new HubException($"A connection has at most {LiveConnection.MaxTopics} topics.");
    }

    public void Unsubscribe(string topic) => connections.Unsubscribe(Context.ConnectionId, topic);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        sessions.Remove(Context.ConnectionId);
        connections.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
