using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Nexus.Data;
using Nexus.Data.Identity;
using Nexus.Data.Registry;
using Nexus.Data.Storage.Health;
using Nexus.Inference.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Registry;

/// <summary>An ONNX made elsewhere: multipart, streamed.</summary>
internal static class ModelUploadEndpoints
{
    private const int MaxMetadata = 1 << 20;

    public static void MapModelUpload(this RouteGroupBuilder models) => models.MapPost("/{name}/versions", Upload).WithMetadata(new RepeatsSafely())
        .RequireAuthorization(Policies.Engineer)
        .WithMetadata(new RequestSizeLimitAttribute(ModelUploads.MaxBytes + MaxMetadata))
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Form();
            return Task.CompletedTask;
        })
        .Produces<ModelVersionView>(StatusCodes.Status201Created).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
        .WithSummary("Upload a version: a multipart file model.onnx and, as JSON, its metadata");

    // Not by Accepts: the framework would turn other types away before anybody has asked who calls.
    private static OpenApiRequestBody Form() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "model" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["model"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The ONNX file." },
                        ["metadata"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "JSON: description, tags, metrics (number or {value, lower, upper}), task, classes, positive.",
                        },
                    },
                },
            },
        },
    };

    private static async Task<Created<ModelVersionView>> Upload(string name, HttpRequest request, Actor actor, ModelUploads uploads, CancellationToken ct)
    {
        Names.Check(name, "model");
        var parts = new Parts(uploads);
        try
        {
            await ReadAsync(request, parts, ct);
            if (parts.Path is null) throw Refused.Invalid("model", "There is no file model.onnx in the form.");
            var version = await uploads.RegisterAsync(name, parts.Path, parts.Metadata.Of(parts.FileName) with { Id = Idempotency.EffectOf(request.HttpContext) }, actor, ct);
            return TypedResults.Created($"/api/v1/models/{name}/versions/{version.Version}", version);
        }
        finally
        {
            if (parts.Path is not null) File.Delete(parts.Path);
        }
    }

    private static async Task ReadAsync(HttpRequest request, Parts parts, CancellationToken ct)
    {
        if (request.HasJsonContentType())
        {
            using var reader = new StreamReader(request.Body);
            throw ModelMetadata.NotOnnx(ModelMetadata.KindOf(await reader.ReadToEndAsync(ct)));
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw Refused.Unsupported("Send the model as multipart/form-data.");
        }

        try
        {
            var sections = new MultipartReader(boundary, request.Body);
            while (await sections.ReadNextSectionAsync(ct) is { } section) await parts.TakeAsync(section, ct);
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException && Outage.Of(error) is null)
        {
            throw Refused.Malformed($"The form is broken: {error.Message}");
        }
    }

    private sealed class Parts(ModelUploads uploads)
    {
        public string? Path { get; private set; }
        public string FileName { get; private set; } = "";
        public ModelMetadata Metadata { get; private set; } = new();

        public async Task TakeAsync(MultipartSection section, CancellationToken ct)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)) return;
            var name = HeaderUtilities.RemoveQuotes(part.Name).Value ?? "";
            var file = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value;
            if (name is "metadata")
            {
                Metadata = ModelMetadata.Parse(await TextAsync(section.Body, ct));
            }
            else if (name is "description" or "kind" && string.IsNullOrEmpty(file))
            {
                var text = await TextAsync(section.Body, ct);
                Metadata = name == "kind" ? Metadata with { Kind = text.Trim() } : Metadata with { Description = text };
            }
            else if (!string.IsNullOrEmpty(file) || name is "model" or "model.onnx" or "file")
            {
                if (Path is not null) throw Refused.Invalid("model", "There is more than one file in the form.");
                FileName = Short(System.IO.Path.GetFileName(string.IsNullOrEmpty(file) ? "model.onnx" : file));
                Path = await uploads.ReceiveAsync(section.Body, ct);
            }
            else
            {
                throw Refused.Invalid(Short(name), $"The form has no field '{Short(name)}': it takes the file and metadata.");
            }
        }

        private static async Task<string> TextAsync(Stream body, CancellationToken ct)
        {
            var buffer = new byte[MaxMetadata + 1];
            var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            return read <= MaxMetadata ? System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, read)) : throw Refused.TooLarge("The metadata have at most 1 MiB.");
        }

        private static string Short(string text) => text.Length <= 200 ? text : text[..200];
    }
}
