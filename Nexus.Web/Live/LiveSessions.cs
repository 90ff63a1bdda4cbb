using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Nexus.Data.Identity;
using Nexus.Web.Identity;

namespace Nexus.Web.Live;

/// <summary>
/// Holds open connections against keys and accounts as they are now: one whose key is revoked or expired, whose owner is
/// disabled or whose roles have changed is cut within seconds, and may connect again as what it is then.
/// </summary>
internal sealed partial class LiveSessions(AccountDirectory directory, IOptions<IdentityOptions> identity, TimeProvider time, ILogger<LiveSessions> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new();

    public void Add(HubCallerContext connection) => _connections[connection.ConnectionId] = connection;

    public void Remove(string connectionId) => _connections.TryRemove(connectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var connection in _connections.Values)
                    if (!await StandsAsync(connection, stoppingToken)) connection.Abort();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception); // the database is away; at the next turn again
            }
        }
    }

    private async ValueTask<bool> StandsAsync(HubCallerContext connection, CancellationToken ct)
    {
        if (connection.User is not { } was || connection.GetHttpContext() is not { } http) return false;
        if (ApiKeyHandler.Presented(http.Request) is { } key)
            return await directory.FindKeyAsync(key, ct) is { } grant && RolesOf(was).SetEquals(grant.Actor.Roles.Select(r => r.ToString()));
        return await CookieSessions.RenewAsync(was, directory, identity.Value, ct) is { } renewed && RolesOf(was).SetEquals(RolesOf(renewed));
    }

    private static HashSet<string> RolesOf(ClaimsPrincipal principal) => [.. principal.FindAll(ClaimTypes.Role).Select(c => c.Value)];

    private static partial class Log
    {
        [LoggerMessage(1300, LogLevel.Warning, "Whether open live connections are still allowed could not be looked up")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
