using Nexus.Data.Nodes;
using Nexus.Inference.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;
using Nexus.Web.Platform;

namespace Nexus.Web.Agents;

/// <summary>
/// <c>POST /agents/{name}/decide</c>. Bound and written by hand: the body goes straight into the model's tensors and the
/// answer straight into the transport.
/// </summary>
internal static class DecideEndpoint
{
    public static void MapDecide(this RouteGroupBuilder api) =>
        api.MapPost("/agents/{name}/decide", (Delegate)Decide)
            .WithMetadata(new KeepsNoAnswer()).RequireAuthorization(Policies.Engineer)
            .WithTags("Agents").WithName("Decide")
            .WithSummary("Answers one row of features and records the decision.")
            .Accepts<DecideBody>("application/json")
            .Produces<DecideResponse>()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(421).ProducesProblem(422).ProducesProblem(503)
            .DisableAntiforgery()
            .ServedBy(NodeRole.Inference);

    /// <summary>Answers and sends; whoever calls has seen to it that the caller may.</summary>
    public static async Task DecideAsync(HttpContext http, string agent, DecisionService decisions, long started)
    {
        using var call = await AnswerAsync(http, agent, decisions, started);
        var response = http.Response;
        response.ContentType = "application/json";
        response.ContentLength = call.Answer.WrittenCount;
        await response.BodyWriter.WriteAsync(call.Answer.WrittenMemory, CancellationToken.None); // the server ends it with the connection
    }

    private static Task Decide(HttpContext http) => DecideAsync(
        http,
        (string)http.Request.RouteValues["name"]!,
        http.RequestServices.GetRequiredService<DecisionService>(),
        http.RequestServices.GetRequiredService<TimeProvider>().GetTimestamp());

    private static async ValueTask<InferenceCall> AnswerAsync(HttpContext http, string agent, DecisionService decisions, long started)
    {
        using var body = await RequestBody.ReadAsync(http);
        return await decisions.DecideAsync(agent, body.Bytes, started);
    }
}
