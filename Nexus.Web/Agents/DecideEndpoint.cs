using Nexus.Data.Nodes;
using Nexus.Inference.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;

namespace Nexus.Web.Agents;

/// <summary>
/// <c>POST /agents/{name}/decide</c>. Bound and written by hand: the body goes straight into the model's tensors and the
/// answer straight into the transport.
/// </summary>
internal static class DecideEndpoint
{
    public static void MapDecide(this RouteGroupBuilder api) =>
        api.MapPost("/agents/{name}/decide", (Delegate)Decide)
            .RequireAuthorization(Policies.Engineer)
            .WithTags("Agents").WithName("Decide")
            .WithSummary("Answers one row of features and records the decision.")
            .Accepts<DecideBody>("application/json")
            .Produces<DecideResponse>()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(421).ProducesProblem(422).ProducesProblem(503)
            .DisableAntiforgery()
            .ServedBy(NodeRole.Inference);

    private static async Task Decide(HttpContext http)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var decisions = http.RequestServices.GetRequiredService<DecisionService>();
        var started = time.GetTimestamp();
        using var call = await AnswerAsync(http, decisions, started);
        var response = http.Response;
        response.ContentType = "application/json";
        response.ContentLength = call.Answer.WrittenCount;
        await response.BodyWriter.WriteAsync(call.Answer.WrittenMemory, http.RequestAborted);
    }

    private static async ValueTask<InferenceCall> AnswerAsync(HttpContext http, DecisionService decisions, long started)
    {
        using var body = await RequestBody.ReadAsync(http);
        return await decisions.DecideAsync((string)http.Request.RouteValues["name"]!, body.Bytes, started);
    }
}
