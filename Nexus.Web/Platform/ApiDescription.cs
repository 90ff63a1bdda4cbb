using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Nexus.Web.Platform;

/// <summary>The OpenAPI document, and the page to try it.</summary>
internal static class ApiDescription
{
    private const string BearerScheme = "key";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", api =>
    {
        api.ShouldInclude = description => description.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("v2", StringComparison.Ordinal));
        api.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Nexus Portal",
                Version = "v1",
                Description = "Data, pipelines, models, serving, monitoring, feedback and governance of continuously learning agents. Errors are problem details (RFC 9457).",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: nxs_…" },
            };
            document.Security = [new() { [new(BearerScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        api.AddOperationTransformer<ApiOperations>();
        api.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails)) Extend(schema);
            return Task.CompletedTask;
        });
    });

    /// <summary>What a problem carries beyond the standard's members.</summary>
    private static void Extend(OpenApiSchema problem)
    {
        var properties = problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Finds the request in the log." };
        properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Field → what is wrong with it.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        foreach (var place in (string[])["line", "column"])
            properties[place] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Where in the body, counted from 1." };
    }

    /// <summary>All of it comes from the package: no font, script or telemetry of another host.</summary>
    public static void Page(ScalarOptions page, HttpContext http)
    {
        page.WithTitle("Nexus Portal API").WithNonce(SecurityHeaders.NonceOf(http)).DisableDefaultFonts().DisableAgent().DisableTelemetry().DisableMcp();
        page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }
}
