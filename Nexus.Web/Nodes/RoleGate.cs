using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Nodes;

namespace Nexus.Web.Nodes;

/// <summary>
/// Answers 421 to what another kind of node serves, before anything looks at the caller: whoever routes requests reads at once
/// that they went to the wrong door, and which one this is.
/// </summary>
internal sealed class RoleGate(RequestDelegate next, IOptions<NexusOptions> options, IProblemDetailsService problems)
{
    private readonly string _roles = string.Join(", ", options.Value.RoleNames);

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint) return next(http);
        var role = endpoint.Metadata.GetMetadata<ServedBy>() is { } named ? named.Role : NodeRole.Web;
        return role is null || options.Value.Does(role) ? next(http) : RefuseAsync(http, role);
    }

    private async Task RefuseAsync(HttpContext http, string role)
    {
        http.SetEndpoint(null); // the refusal is an answer of its own, not that endpoint's
        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        var problem = new ProblemDetails { Status = StatusCodes.Status421MisdirectedRequest, Detail = $"This is served by nodes with the role {role}; this one has {_roles}." };
        if (!await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem }))
            await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }
}
