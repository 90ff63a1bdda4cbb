using Nexus.Jobs.Pipelines.Documents;
using Nexus.Web.Identity;

namespace Nexus.Web.Pipelines;

internal static class PipelineWeb
{
    public static IServiceCollection AddPipelineWeb(this IServiceCollection services) => services;

    public static void MapPipelines(this RouteGroupBuilder api)
    {
        api.MapGroup("/pipelines").WithTags("Pipelines").MapPipelineTexts();
        api.MapConfigs();
        api.MapGroup("/runs").WithTags("Runs").MapRuns();
        api.MapGroup("/views").WithTags("Runs").MapViews();
    }

    /// <summary>The language's JSON Schema, for editors elsewhere.</summary>
    public static void MapSchemas(this IEndpointRouteBuilder app) =>
        app.MapGet("/schemas/pipeline.json", (PipelineSchema schema) => TypedResults.Text(schema.Json, "application/schema+json"))
            .RequireAuthorization(Policies.Viewer).WithTags("Pipelines").WithSummary("The JSON Schema of the pipeline document");
}
