using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Nexus.Web.Agents;

namespace Nexus.Web.Platform;

/// <summary>
/// Times every request by its route, and gives it the trace id that its log lines and its problem carry. Paths, queries and
/// addresses are not told: they can name people. The short way makes no trace where nobody listens
/// and the caller brings none.
/// </summary>
internal sealed class RequestTelemetry(RequestDelegate next, TimeProvider time)
{
    // A number as a tag would be boxed for every request.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    public async Task InvokeAsync(HttpContext http)
    {
        if (OpenConnections.Match(http.Request.Path) || ShortWay.FailedOn(http) is not null)
        {
            await next(http);
            return;
        }

        var started = time.GetTimestamp();
        using var activity = Start(http, asked: true);
        await next(http); // what fails is answered within
        Tell(http, RouteOf(http), activity, time.GetElapsedTime(started));
    }

    /// <param name="asked">Whether there is to be a trace though nobody listens and the caller brings none.</param>
    public static Activity? Start(HttpContext http, bool asked)
    {
        if (Activity.Current is not null) return null;
        var listened = WebTelemetry.Source.HasListeners();
        if (!asked && !listened && http.Request.Headers.TraceParent.Count == 0) return null;
        _ = ActivityContext.TryParse(http.Request.Headers.TraceParent, null, isRemote: true, out var parent);
        if (listened && WebTelemetry.Source.StartActivity(MethodOf(http.Request.Method), ActivityKind.Server, parent) is { } told) return told;
        var silent = new Activity("request").SetIdFormat(ActivityIdFormat.W3C);
        if (parent.TraceId != default) silent.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return silent.Start();
    }

    public static void Tell(HttpContext http, string route, Activity? activity, TimeSpan elapsed)
    {
        if (!WebTelemetry.Requests.Enabled && activity is not { IsAllDataRequested: true }) return;
        var (method, status) = (MethodOf(http.Request.Method), http.Response.StatusCode);
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
        if (ShortWay.FailedOn(http) is { } taken) return taken.Pattern;
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? http.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "none";
    }

    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) ? "GET" : HttpMethods.IsPost(method) ? "POST" : HttpMethods.IsPut(method) ? "PUT" : HttpMethods.IsDelete(method) ? "DELETE"
        : HttpMethods.IsHead(method) ? "HEAD" : HttpMethods.IsPatch(method) ? "PATCH" : HttpMethods.IsOptions(method) ? "OPTIONS" : "_OTHER";
}
