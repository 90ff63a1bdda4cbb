using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Health;
using Nexus.Web.Platform;

namespace Nexus.Web.Shell;

/// <summary>Refusals become problem details (RFC 9457); anything else is our fault and says no more than its trace id.</summary>
internal sealed partial class RefusalHandler(IProblemDetailsService problems, UnknownMembers members, ILogger<RefusalHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // nobody reads it
            return true;
        }

        if ((members.ProblemOf(exception) ?? ProblemOf(exception)) is not { } problem)
        {
            Log.Unexpected(logger, exception, httpContext.Request.Method, RequestTelemetry.RouteOf(httpContext), TraceOf(httpContext));
            problem = new() { Status = StatusCodes.Status500InternalServerError, Detail = "Something went wrong here. The trace id finds it in the log." };
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await problems.WriteAsync(httpContext, problem);
        return true;
    }

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>The problem that the caller made; null where it is ours.</summary>
    internal static ProblemDetails? ProblemOf(Exception exception) => exception switch
    {
        RefusedException refused => From(refused),
        BadHttpRequestException bad => From(bad),
        DbUpdateConcurrencyException => Problem(StatusCodes.Status409Conflict, "It was changed by somebody else at the same time. Read it again."),
        DbUpdateException update when UniqueViolation.Is(update) => Problem(StatusCodes.Status409Conflict, "There is one already."),
        InvalidOperationException { Source: "Microsoft.AspNetCore.Http.Extensions" } charset when charset.Message.Contains("charset", StringComparison.Ordinal) =>
            Problem(StatusCodes.Status415UnsupportedMediaType, "The body's charset is none that is known here. JSON is sent as UTF-8."),
        _ when Outage.Of(exception) is { } lacking => Problem(StatusCodes.Status503ServiceUnavailable, lacking),
        InvalidDataException form => Problem(StatusCodes.Status400BadRequest, $"The form cannot be read: {form.Message}"),
        _ => null,
    };

    /// <summary>Every problem carries its type, title and trace id.</summary>
    internal static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = TraceOf(context.HttpContext);
        problem.Type ??= "about:blank"; // statuses that the framework has no link for
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status ?? context.HttpContext.Response.StatusCode);
        problem.Detail ??= DetailOf(problem.Status) ?? $"{problem.Title}.";
    }

    /// <summary>On the short way activities are made where somebody listens; else the connection's name and the request's number in it tell it apart.</summary>
    private static string TraceOf(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

    /// <summary>For the refusals of the framework's own parts, which give none.</summary>
    private static string? DetailOf(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Send Authorization: Bearer and a key that is valid.",
        StatusCodes.Status403Forbidden => "The caller's roles do not allow this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this call takes.",
        StatusCodes.Status415UnsupportedMediaType => "This call takes another media type.",
        _ => null,
    };

    private static ProblemDetails From(RefusedException refused)
    {
        var problem = Problem(StatusOf(refused.Kind), refused.Message);
        if (refused.Errors is { } errors) problem.Extensions["errors"] = errors;
        if (refused.Line is { } line) problem.Extensions["line"] = line;
        if (refused.Column is { } column) problem.Extensions["column"] = column;
        return problem;
    }

    private static ProblemDetails From(BadHttpRequestException bad)
    {
        if (bad.InnerException is not JsonException json)
            return Problem(bad.StatusCode, BindingProblem.Word(bad.Message));
        var problem = Problem(StatusCodes.Status400BadRequest, $"The body cannot be read as JSON of this call{(json.Path is { Length: > 0 } path ? $", at {path}" : "")}.");
        if (json.LineNumber is { } line) problem.Extensions["line"] = line + 1;
        if (json.BytePositionInLine is { } column) problem.Extensions["column"] = column + 1;
        return problem;
    }

    private static ProblemDetails Problem(int status, string detail) => new() { Status = status, Detail = detail };

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "Unexpected failure in {Method} {Route}, trace id {TraceId}")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string route, string traceId);
    }
}
