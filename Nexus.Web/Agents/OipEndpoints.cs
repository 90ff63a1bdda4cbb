using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Data;
using Nexus.Data.Nodes;
using Nexus.Data.Registry;
using Nexus.Inference.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;

namespace Nexus.Web.Agents;

/// <summary>The Open Inference Protocol v2, under <c>/v2</c>. The model's name is the agent's.</summary>
internal static class OipEndpoints
{
    public static void MapInference(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v2").WithTags("Open Inference Protocol").ServedBy(NodeRole.Inference);
        group.MapGet("", Server).RequireAuthorization(Policies.Viewer).WithSummary("Server metadata");
        group.MapGet("/health/live", () => TypedResults.Ok(new OipLive(true))).AllowAnonymous().WithSummary("Whether the process lives");
        group.MapGet("/health/ready", Ready).AllowAnonymous().Produces<OipReady>().Produces<OipReady>(503).WithSummary("Whether requests can be answered");
        foreach (var model in new[] { "/models/{agent}", "/models/{agent}/versions/{version:int}" })
        {
            group.MapGet(model, Model).RequireAuthorization(Policies.Viewer).Produces<OipError>(404).WithSummary("Model metadata: inputs, outputs, versions");
            group.MapGet(model + "/ready", ModelReady).RequireAuthorization(Policies.Viewer)
                .Produces<OipModelReady>().Produces<OipModelReady>(503).Produces<OipError>(404).WithSummary("Whether the model's requests can be answered");
            group.MapPost(model + "/infer", (Delegate)OipInference.Infer).RequireAuthorization(Policies.Engineer).DisableAntiforgery()
                .Accepts<JsonElement>("application/json", "application/octet-stream").Produces<JsonElement>()
                .Produces<OipError>(404).Produces<OipError>(409).Produces<OipError>(413).Produces<OipError>(422)
                .WithSummary("Inference of one or more rows, as the Open Inference Protocol v2 has it; tensors in JSON or by the binary extension");
        }
    }

    private static Ok<OipServer> Server() => TypedResults.Ok(new OipServer(
        "nexus-portal", typeof(OipEndpoints).Assembly.GetName().Version!.ToString(3), ["binary_tensor_data"]));

    private static async Task<JsonHttpResult<OipReady>> Ready(HealthCheckService health, CancellationToken ct)
    {
        var report = await health.CheckHealthAsync(check => check.Tags.Contains("ready"), ct);
        var ready = report.Status == HealthStatus.Healthy;
        return TypedResults.Json(new OipReady(ready), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Ok<OipModel>> Model(
        string agent, int? version, DecisionService decisions, ModelCatalog models, TimeProvider time, CancellationToken ct)
    {
        var served = decisions.Find(agent);
        using var call = await OipInference.OpenAsync(decisions, agent, version, time.GetTimestamp(), ct);
        IReadOnlyList<string> versions = version is { } one
            ? [one.ToString(CultureInfo.InvariantCulture)]
            : [.. (await models.VersionsAsync(served.Model, new PageRequest(PageRequest.MaxSize), ct)).Items
                .Where(v => v.Kind == "onnx").Select(v => v.Version).Order().Select(v => v.ToString(CultureInfo.InvariantCulture))];
        return TypedResults.Ok(new OipModel(
            agent, versions, "onnx_onnxv1",
            [.. call.Version.Session.Inputs.Select(i => i.ToSignature())],
            [.. call.Version.Session.Outputs.Select(o => o.ToSignature())]));
    }

    private static async Task<JsonHttpResult<OipModelReady>> ModelReady(
        string agent, int? version, DecisionService decisions, TimeProvider time, CancellationToken ct)
    {
        var served = decisions.Find(agent);
        var ready = version is null ? served.Production is not null : await LoadsAsync(decisions, agent, version.Value, time, ct);
        return TypedResults.Json(new OipModelReady(agent, ready), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<bool> LoadsAsync(DecisionService decisions, string agent, int version, TimeProvider time, CancellationToken ct)
    {
        try
        {
            using var call = await decisions.OpenAsync(agent, version, time.GetTimestamp(), ct);
            return true;
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Invalid)
        {
            return false;
        }
    }
}
