using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Nexus.Web.Agents;

namespace Nexus.Web.Platform;

/// <summary>
/// Times every request by its route, and gives it the trace id that its log lines and its problem carry. Paths, queries and
/// addresses are not told: they can name people. The short way makes no trace where nobody listens.
/// </summary>
internal sealed class RequestTelemetry(RequestDelegate next, TimeProvider time)
{
    private const string TraceParent = "traceparent";

    // A number as a tag would be boxed for every request.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    public async Task InvokeAsync(HttpContext http)
    {
        if (OpenConnections.Match(http.Request.Path))
        {
            await next(http);
            return;
        }

        var started = time.GetTimestamp();
        using var activity = Start(http);
        await next(http); // what fails is answered within
        if (WebTelemetry.Requests.Enabled || activity is { IsAllDataRequested: true }) Tell(http, activity, time.GetElapsedTime(started));
    }

    private static Activity? Start(HttpContext http)
    {
        if (Activity.Current is not null) return null;
        var listened = WebTelemetry.Source.HasListeners();
        if (!listened && ShortRoute.Of(http) is not null) return null;
        _ = ActivityContext.TryParse(http.Request.Headers[TraceParent], null, isRemote: true, out var parent);
        if (listened && WebTelemetry.Source.StartActivity(MethodOf(http.Request.Method), ActivityKind.Server, parent) is { } told) return told;
        var silent = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        if (parent.TraceId != default) silent.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return silent.Start();
    }

    private static void Tell(HttpContext http, Activity? activity, TimeSpan elapsed)
    {
        var (method, route, status) = (MethodOf(http.Request.Method), RouteOf(http), http.Response.StatusCode);
        var boxed = status is >= 0 and < 600 ? Statuses[status] : Statuses[0];
        WebTelemetry.Requests.Record(elapsed.TotalSeconds, new("http.request.method", method), new("http.route", route), new("http.response.status_code", boxed));
        if (activity is not { IsAllDataRequested: true }) return;
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", boxed).SetTag("url.scheme", http.Request.Scheme);
        if (status >= StatusCodes.Status500InternalServerError) activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>The pattern, never the path. What no route answers is one.</summary>
    internal static string RouteOf(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null && ShortRoute.Of(http) is { } taken) return taken.Pattern;
        endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "none";
    }

    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) ? "GET" : HttpMethods.IsPost(method) ? "POST" : HttpMethods.IsPut(method) ? "PUT" : HttpMethods.IsDelete(method) ? "DELETE"
        : HttpMethods.IsHead(method) ? "HEAD" : HttpMethods.IsPatch(method) ? "PATCH" : HttpMethods.IsOptions(method) ? "OPTIONS" : "_OTHER";
}
