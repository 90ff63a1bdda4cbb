namespace Nexus.Web.Identity;

/// <summary>
/// The request, for services that ask who acts. The server would tell it for every request, which costs each of them a context of
/// its own; so it is told by a middleware behind the short way, where no service asks.
/// </summary>
internal sealed class RequestAccessor : IHttpContextAccessor
{
    private readonly HttpContextAccessor _inner = new();

    /// <summary>What the server sets is passed over.</summary>
    public HttpContext? HttpContext
    {
        get => _inner.HttpContext;
        set { }
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        _inner.HttpContext = http;
        try
        {
            await next(http);
        }
        finally
        {
            _inner.HttpContext = null; // also for what still runs
        }
    }
}
