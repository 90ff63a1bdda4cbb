using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Nexus.Web.Agents;
using Nexus.Web.Identity;

namespace Nexus.Web.Platform;

/// <summary>What every operation has in common, and so does not say itself: roles, refusals, the Idempotency-Key.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    private const string Problem = "ProblemDetails";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var roles = metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct().ToList();
        if (roles.Count > 0) operation.Description = $"{operation.Description} Role: {string.Join(" and ", roles.Select(Policies.Describe))}.".TrimStart();
        AddPath(operation, description.RelativePath!);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

        var inference = description.RelativePath!.StartsWith("v2", StringComparison.Ordinal);
        if (roles.Count > 0)
        {
            int[] refusals = operation.Parameters is { Count: > 0 } || operation.RequestBody is not null ? [400, 401, 403, 429] : [401, 403, 429];
            IOpenApiSchema error = inference ? await context.GetOrCreateSchemaAsync(typeof(OipError), null, cancellationToken) : new OpenApiSchemaReference(Problem, context.Document);
            foreach (var status in refusals) Add(operation, status, inference ? "application/json" : "application/problem+json", error);
        }

        if (Idempotency.Takes(description.HttpMethod, description.RelativePath, metadata))
        {
            Add(operation, StatusCodes.Status409Conflict, "application/problem+json", new OpenApiSchemaReference(Problem, context.Document));
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "The same key and body gives the first answer again, for a day; the same key with another body is 409.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Idempotency.MaxKeyLength },
            });
        }
    }

    /// <summary>The route's own, where an endpoint reads them by hand.</summary>
    private static void AddPath(OpenApiOperation operation, string path)
    {
        foreach (var part in path.Split('/').Where(p => p is ['{', .., '}']))
        {
            var name = part[1..^1].TrimStart('*').Split(':')[0];
            if (operation.Parameters?.Any(p => p.Name == name) == true) continue;
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static void Add(OpenApiOperation operation, int status, string mediaType, IOpenApiSchema schema) =>
        (operation.Responses ??= []).TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = ReasonPhrases.GetReasonPhrase(status),
            Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = schema } },
        });
}
