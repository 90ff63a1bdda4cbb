using System.Collections.Concurrent;
using Nexus.Data;

namespace Nexus.Web.Platform;

/// <summary>Holds the connections that last, of pages and of programs, to so many for each caller.</summary>
internal sealed class OpenConnections(RequestDelegate next)
{
    public const int MaxPerCaller = 200;
    private static readonly PathString[] Lasting = ["/_blazor", "/hubs"];
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public static bool Match(PathString path)
    {
        foreach (var lasting in Lasting) if (path.StartsWithSegments(lasting)) return true;
        return false;
    }

    public Task InvokeAsync(HttpContext http) =>
        Match(http.Request.Path) && http.User.Identity?.Name is { } caller ? CountAsync(http, caller) : next(http);

    private async Task CountAsync(HttpContext http, string caller)
    {
        try
        {
            if (_open.AddOrUpdate(caller, 1, (_, open) => open + 1) > MaxPerCaller)
                throw Refused.TooMany($"One caller has at most {MaxPerCaller} open connections.");
            await next(http);
        }
        finally
        {
            if (_open.AddOrUpdate(caller, 0, (_, open) => open - 1) == 0) _open.TryRemove(new(caller, 0));
        }
    }
}
