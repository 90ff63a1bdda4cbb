namespace Nexus.Web.Agents;

/// <summary>What a connection's last call was, since the next one mostly is the same. Each part is replaced whole.</summary>
internal sealed class ConnectionMemory
{
    public KnownCaller? Caller { get; set; }

    public ShortRoute? Route { get; set; }

    /// <summary>Null on a server that gave the connection none.</summary>
    public static ConnectionMemory? Of(HttpContext http) => http.Features.Get<ConnectionMemory>();
}
