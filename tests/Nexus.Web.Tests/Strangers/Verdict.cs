using System.Net;
using System.Text.Json;

namespace Nexus.Web.Tests.Strangers;

/// <summary>What an answer to a hostile request has to be.</summary>
internal static class Verdict
{
    private static readonly string[] Members = ["type", "title", "detail", "traceId"];

    /// <returns>What is wrong with the answer; null where nothing is.</returns>
    public static string? Of(HostileRequest request, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        var open = request.Operation.Path.StartsWith("/v2/health", StringComparison.Ordinal);
        if (IsServersOwn(request, answer, body)) return null;
        if (status >= 500) return request.Operation.Answers.Contains(status) ? null : "a failure";
        if (request.Caller is "" or "gone" && !open && answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest)) return "open to strangers";
        if (body.Contains("root:x:0:", StringComparison.Ordinal) || body.StartsWith("SQLite format 3", StringComparison.Ordinal)) return "a file that is none of the portal's answers";
        if (status is >= 200 and < 300) return null;
        if (status < 400) return "neither done nor refused";
        return Problem(request, status, answer.Content.Headers.ContentType?.MediaType, body);
    }

    /// <summary>What is no HTTP is refused before any of ours is asked.</summary>
    private static bool IsServersOwn(HostileRequest request, HttpResponseMessage answer, string body) =>
        body.Length == 0
        && (answer.StatusCode == HttpStatusCode.BadRequest && request.Target.Contains("%00", StringComparison.Ordinal) || answer.StatusCode == HttpStatusCode.RequestUriTooLong && request.Target.Length > 8000);

    private static string? Problem(HostileRequest request, int status, string? type, string body)
    {
        JsonElement problem;
        try
        {
            problem = JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return "a refusal without a problem";
        }

        if (body.Contains(" at Nexus.", StringComparison.Ordinal) || body.Contains("System.", StringComparison.Ordinal)) return "a refusal in a programmer's words";
        if (type == "application/json" && request.Operation.Path.StartsWith("/v2", StringComparison.Ordinal))
            return problem.TryGetProperty("error", out var error) && error.GetString() is { Length: > 0 } ? null : "not the protocol's error";
        if (type != "application/problem+json") return "a refusal of another type";
        if (problem.GetProperty("status").GetInt32() != status) return "another status in the problem";
        return Members.FirstOrDefault(m => !problem.TryGetProperty(m, out var value) || string.IsNullOrEmpty(value.GetString())) is { } lacking ? $"a problem without {lacking}" : null;
    }
}
