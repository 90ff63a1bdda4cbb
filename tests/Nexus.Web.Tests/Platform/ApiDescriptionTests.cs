using System.Net;
using System.Text.Json;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class ApiDescriptionTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static readonly string[] Open = ["/v2/health/live", "/v2/health/ready"];

    [Fact]
    public async Task Document_describes_every_operation_with_its_answers()
    {
        var lacking = new List<string>();
        foreach (var (name, operation, open) in await OperationsAsync())
        {
            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            var inPath = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Count(p => p.GetProperty("in").GetString() == "path") : 0;
            if (inPath != name.Count(c => c == '{')) lacking.Add($"{name}: parameters of the path");
            if (!operation.TryGetProperty("summary", out _)) lacking.Add($"{name}: summary");
            if (!answers.Exists(a => a.Name.StartsWith('2'))) lacking.Add($"{name}: success");
            lacking.AddRange(answers.Where(a => a.Name != "204" && !a.Value.TryGetProperty("content", out _)).Select(a => $"{name}: content of {a.Name}"));
            if (!open) lacking.AddRange(((string[])["401", "403", "429"]).Where(s => !answers.Exists(a => a.Name == s)).Select(s => $"{name}: {s}"));
        }

        lacking.ShouldBeEmpty();
    }

    [Fact]
    public async Task Document_knows_paging_and_the_idempotency_key()
    {
        var operations = (await OperationsAsync()).ToDictionary(o => o.Name, o => o.Operation);
        string[] ParametersOf(string name) => [.. operations[name].GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];

        ParametersOf("get /api/v1/runs").ShouldBe(["pipeline", "status", "filter", "sort", "pageSize", "pageToken"]);
        ParametersOf("post /api/v1/pipelines/{name}/runs").ShouldContain("Idempotency-Key");
        ParametersOf("post /api/v1/agents/{name}/decide").ShouldNotContain("Idempotency-Key");
        ParametersOf("post /api/v1/datasets/{name}/versions/{version}/query").ShouldNotContain("Idempotency-Key");
        ParametersOf("get /api/v1/agents/{name}/decisions").ShouldContain("variant");
    }

    private async Task<List<(string Name, JsonElement Operation, bool Open)>> OperationsAsync()
    {
        using var answer = await portal.As("vera", Role.Viewer).GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var paths = (await answer.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("paths");
        return [.. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => ($"{o.Name} {path.Name}", o.Value, Open.Contains(path.Name))))];
    }
}
