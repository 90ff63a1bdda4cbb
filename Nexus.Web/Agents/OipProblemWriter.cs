using Microsoft.AspNetCore.WebUtilities;

namespace Nexus.Web.Agents;

/// <summary>Under <c>/v2</c> every problem, whoever found it, is <c>{"error": …}</c> with the protocol's statuses.</summary>
internal sealed class OipProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Path.StartsWithSegments("/v2");

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var status = context.ProblemDetails.Status ?? response.StatusCode;
        // The protocol knows no 422: what is not acceptable is a bad request.
        response.StatusCode = status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : status;
        var text = context.ProblemDetails.Detail ?? context.ProblemDetails.Title ?? ReasonPhrases.GetReasonPhrase(status);
        await response.WriteAsJsonAsync(new OipError(text), context.HttpContext.RequestAborted);
    }
}
