using System.Text.Json;

namespace Nexus.Web.Tests.Strangers;

/// <summary>One call as the OpenAPI document describes it.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Bodies">Media type → schema.</param>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyList<string> Query, IReadOnlyDictionary<string, JsonElement> Bodies, IReadOnlySet<int> Answers)
{
    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<ApiOperation> Of(JsonElement document) =>
        [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => From(path.Name, o)))];

    private static ApiOperation From(string path, JsonProperty operation) => new(
        operation.Name.ToUpperInvariant(),
        path,
        operation.Value.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)]
            : [],
        operation.Value.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.TryGetProperty("schema", out var schema) ? schema : default)
            : new Dictionary<string, JsonElement>(),
        operation.Value.GetProperty("responses").EnumerateObject().Where(r => int.TryParse(r.Name, out _))
            .Select(r => int.Parse(r.Name, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet());
}
