using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Storage.Health;
using Nexus.Web.Identity;
using Nexus.Web.Platform;

namespace Nexus.Web.Datasets;

/// <summary>A file becomes a version: raw, or a part of a form; streamed to the disk in either case.</summary>
internal static class DatasetUploadEndpoint
{
    /// <summary>What a form may have around the file.</summary>
    private const long FormOverhead = 2 * UploadTypes.MaxLength;
    private static readonly string[] RawTypes = ["text/csv", "application/x-ndjson", "application/vnd.apache.parquet"];

    public static void MapUpload(this RouteGroupBuilder datasets) => datasets.MapPost("/{name}/versions", Upload).WithMetadata(new RepeatsSafely())
        .RequireAuthorization(Policies.Engineer)
        .WithMetadata(new BodyLimit(BodyLimit.Datasets + FormOverhead))
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Body();
            return Task.CompletedTask;
        })
        .Produces<DatasetVersionResponse>().Produces<DatasetVersionResponse>(StatusCodes.Status201Created)
        .ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
        .WithSummary("Take a CSV, NDJSON or Parquet file in as the next version")
        .WithDescription("""
            The body is the file, or a form with one file and, if types are not to be inferred, a part `types`: a JSON object of columns and
            types (integer, number, boolean, text, timestamp, date); in the query for raw bodies. `source` in the query names a raw file.
            201 with the new version; 200 with the version that has this content already. A broken file is 422 with `line` and `column`, both
            from 1: the column counts characters in the line; in Parquet the line is the row and the column the column's place.
            """);

    private static async Task<IResult> Upload(
        string name, string? types, string? source, HttpRequest request, Actor actor, DatasetService datasets, CancellationToken ct)
    {
        Names.Check(name);
        using var upload = new ReceivedUpload(UploadTypes.Parse(types), source);
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity") throw Refused.Unsupported("Send the file as it is, without a Content-Encoding.");
        if (request.ContentLength > BodyLimit.Datasets + FormOverhead) throw Refused.TooLarge("A dataset has at most 4 GiB.");
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true) await ReadFormAsync(request, type, upload, datasets, ct);
        else await upload.TakeAsync(request.Body, ImportFormats.OfMediaType(type?.MediaType.Value), null, datasets, ct);

        var (version, created) = await datasets.ImportAsync(name, upload.File!, upload.Format!, upload.Source ?? $"upload.{upload.Format}", upload.Types, actor, ct);
        var response = DatasetVersionResponse.From(version);
        return created ? TypedResults.Created($"/api/v1/datasets/{name}/versions/{version.Version}", response) : TypedResults.Ok(response);
    }

    private static async Task ReadFormAsync(HttpRequest request, MediaTypeHeaderValue type, ReceivedUpload upload, DatasetService datasets, CancellationToken ct)
    {
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary) throw Refused.Malformed("The form has no boundary.");
        try
        {
            var sections = new MultipartReader(boundary, request.Body);
            while (await sections.ReadNextSectionAsync(ct) is { } section) await TakeAsync(section, upload, datasets, ct);
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException && Outage.Of(error) is null && !ct.IsCancellationRequested)
        {
            throw Refused.Malformed($"The form is broken: {error.Message}");
        }

        if (upload.File is null) throw Refused.Invalid("file", "The form has no file.");
    }

    private static async Task TakeAsync(MultipartSection section, ReceivedUpload upload, DatasetService datasets, CancellationToken ct)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)) return;
        var file = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value;
        if (string.IsNullOrEmpty(file) && part.Name.Value?.Trim('"') == "types")
        {
            var buffer = new byte[UploadTypes.MaxLength + 1];
            var read = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (read > UploadTypes.MaxLength) throw Refused.TooLarge("types has at most 1 MiB.");
            upload.Types = UploadTypes.Parse(System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, read)));
            return;
        }

        if (string.IsNullOrEmpty(file) && part.Name.Value?.Trim('"') != "file") return;
        if (upload.File is not null) throw Refused.Invalid("file", "The form has more than one file.");
        _ = MediaTypeHeaderValue.TryParse(section.ContentType, out var type);
        await upload.TakeAsync(section.Body, ImportFormats.OfMediaType(type?.MediaType.Value) ?? ImportFormats.OfFileName(file), file, datasets, ct);
    }

    private static OpenApiRequestBody Body()
    {
        var binary = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        var content = RawTypes.ToDictionary(type => type, _ => binary);
        content["multipart/form-data"] = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "file" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    ["types"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "JSON: column → type." },
                },
            },
        };
        return new() { Required = true, Content = content };
    }
}
