using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace Nexus.EndToEnd.Tests;

/// <summary>The REST calls of a story, each failing loudly with the answer's text.</summary>
internal static class Api
{
    public static async Task<JsonNode> GetJsonAsync(this HttpClient http, string path) =>
        await ReadAsync(await http.GetAsync(path), path);

    public static async Task<JsonNode> PostJsonAsync(this HttpClient http, string path, object? body) =>
        await ReadAsync(await http.PostAsJsonAsync(path, body ?? new { }), path);

    public static async Task<JsonNode> PutJsonAsync(this HttpClient http, string path, object body) =>
        await ReadAsync(await http.PutAsJsonAsync(path, body), path);

    public static async Task<JsonNode> PutYamlAsync(this HttpClient http, string path, string yaml) =>
        await ReadAsync(await http.PutAsync(path, new StringContent(yaml, Encoding.UTF8, "application/yaml")), path);

    public static async Task<JsonNode> UploadCsvAsync(this HttpClient http, string dataset, string csv) =>
        await ReadAsync(
            await http.PostAsync($"/api/v1/datasets/{dataset}/versions", new StringContent(csv, Encoding.UTF8, "text/csv")), dataset);

    /// <summary>Asks until the condition holds, at most <paramref name="seconds"/>.</summary>
    public static async Task<JsonNode> UntilAsync(this HttpClient http, string path, Func<JsonNode, bool> condition, int seconds = 90)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var answer = await http.GetJsonAsync(path);
            if (condition(answer)) return answer;
            if (limit.Elapsed > TimeSpan.FromSeconds(seconds)) throw new TimeoutException($"{path} after {seconds} s: {answer}");
            await Task.Delay(200);
        }
    }

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, string path)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBeLessThan(300, $"{path} answered {(int)answer.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
