using System.Net;
using System.Text.Json;
using Shouldly;

namespace Nexus.Web.Tests;

/// <summary>What tests ask of an answer.</summary>
public static class Answers
{
    /// <summary>The body as JSON, after a look at the status.</summary>
    public static async Task<JsonElement> ShouldBeAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A problem as RFC 9457 and our contract have it; answers it for a closer look.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var problem = await answer.ShouldBeAsync(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("type").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetRawText().ShouldNotContain(" at Nexus.");
        return problem;
    }
}
