using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Nexus.Web.Shell;

/// <summary>Writes problem details whatever the caller accepts: a problem is what there is.</summary>
internal static class Problems
{
    public static async Task WriteAsync(this IProblemDetailsService problems, HttpContext http, ProblemDetails problem)
    {
        var context = new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem };
        if (await problems.TryWriteAsync(context)) return;
        RefusalHandler.Complete(context);
        await http.Response.WriteAsJsonAsync(problem, (JsonSerializerOptions?)null, "application/problem+json", http.RequestAborted);
    }
}
