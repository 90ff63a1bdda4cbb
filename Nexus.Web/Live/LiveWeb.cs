using System.Text.Json.Serialization;
using Nexus.Data;
using Nexus.Web.Identity;

namespace Nexus.Web.Live;

/// <summary>Live events for programs, at <c>/hubs/live</c>.</summary>
internal static class LiveWeb
{
    public static IServiceCollection AddLiveWeb(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json =>
        {
            json.PayloadSerializerOptions.Converters.Add(new UtcTimes());
            json.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        return services.AddSingleton<LiveConnections>().AddSingleton<LiveSessions>().AddHostedService(provider => provider.GetRequiredService<LiveSessions>());
    }

    public static void MapLive(this WebApplication app) => app.MapHub<LiveHub>("/hubs/live").RequireAuthorization(Policies.Viewer);
}
