using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Identity;
using Nexus.Web.Identity;

namespace Nexus.Web.Agents;

internal static class AgentEndpoints
{
    public static void MapAgentEndpoints(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/agents").WithTags("Agents");
        group.MapGet("", List).RequireAuthorization(Policies.Viewer).WithName("ListAgents").WithSummary("Agents by name");
        group.MapGet("/{name}", Get).RequireAuthorization(Policies.Viewer).WithName("GetAgent").WithSummary("An agent, and what it serves").ProducesProblem(404);
        group.MapPut("/{name}", Put).RequireAuthorization(Policies.Engineer).WithName("PutAgent").WithSummary("Makes an agent that serves and follows a model's Production version, or changes it").ProducesProblem(422);
        group.MapGet("/{name}/decisions", Decisions).RequireAuthorization(Policies.Viewer).WithName("ListDecisions").WithSummary("An agent's decisions, newest first").ProducesProblem(404);
        api.MapGet("/decisions/{id:guid}", Decision).RequireAuthorization(Policies.Viewer).WithTags("Agents").WithName("GetDecision").WithSummary("A decision with its feedback").ProducesProblem(404);
    }

    private static async Task<Ok<Page<AgentResponse>>> List(int? pageSize, string? pageToken, AgentService agents, CancellationToken ct) =>
        TypedResults.Ok((await agents.ListAsync(PageRequest.From(pageSize, pageToken), ct)).Select(AgentResponse.From));

    private static async Task<Ok<AgentResponse>> Get(string name, AgentService agents, CancellationToken ct) =>
        TypedResults.Ok(AgentResponse.From(await agents.GetAsync(name, ct)));

    private static async Task<Results<Ok<AgentResponse>, Created<AgentResponse>>> Put(
        string name, PutAgentRequest body, Actor actor, AgentService agents, CancellationToken ct)
    {
        var (agent, created) = await agents.PutAsync(name, body.Model, body.Description, actor, ct);
        var response = AgentResponse.From(agent);
        return created ? TypedResults.Created($"/api/v1/agents/{name}", response) : TypedResults.Ok(response);
    }

    private static async Task<Ok<Page<DecisionResponse>>> Decisions(
        string name, [AsParameters] DecisionFilter filter, int? pageSize, string? pageToken, DecisionReader decisions, CancellationToken ct) =>
        TypedResults.Ok((await decisions.ListAsync(name, filter, PageRequest.From(pageSize, pageToken), ct)).Select(DecisionResponse.From));

    private static async Task<Ok<DecisionResponse>> Decision(Guid id, DecisionReader decisions, CancellationToken ct) =>
        TypedResults.Ok(DecisionResponse.From(await decisions.GetAsync(id, ct)));
}
