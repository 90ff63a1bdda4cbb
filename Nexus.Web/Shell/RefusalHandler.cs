using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;

namespace Nexus.Web.Shell;

/// <summary>Refusals become problem details (RFC 9457); anything else is our fault and says no more than its trace id.</summary>
internal sealed partial class RefusalHandler(IProblemDetailsService problems, ILogger<RefusalHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RefusedException refused => From(refused),
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
            DbUpdateConcurrencyException => new ProblemDetails { Status = StatusCodes.Status409Conflict, Detail = "It was changed by somebody else at the same time. Read it again." },
            _ => null,
        };
        if (problem is null)
        {
            Log.Unexpected(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
            problem = new() { Status = StatusCodes.Status500InternalServerError, Detail = "Something went wrong here. The trace id finds it in the log." };
        }

        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
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
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Every problem carries the trace id.</summary>
    internal static void Complete(ProblemDetailsContext context) =>
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;

    private static ProblemDetails From(RefusedException refused)
    {
        var problem = new ProblemDetails { Status = StatusOf(refused.Kind), Detail = refused.Message };
        if (refused.Errors is { } errors) problem.Extensions["errors"] = errors;
        if (refused.Line is { } line) problem.Extensions["line"] = line;
        if (refused.Column is { } column) problem.Extensions["column"] = column;
        return problem;
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "Unexpected failure in {Method} {Path}")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string path);
    }
}
