using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Nexus.Web.Identity;
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
        api.AddOperationTransformer((operation, context, _) =>
        {
            var roles = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct().ToList();
            if (roles.Count > 0) operation.Description = $"{operation.Description} Role: {string.Join(" and ", roles.Select(Policies.Describe))}.".TrimStart();
            return Task.CompletedTask;
        });
    });

    /// <summary>All of it comes from the package: no font, script or telemetry of another host.</summary>
    public static void Page(ScalarOptions page, HttpContext http)
    {
        page.WithTitle("Nexus Portal API").WithNonce(SecurityHeaders.NonceOf(http)).DisableDefaultFonts().DisableAgent().DisableTelemetry().DisableMcp();
        page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }
}
