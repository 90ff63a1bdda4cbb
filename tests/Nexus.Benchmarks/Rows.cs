using System.Globalization;
using System.Net.Http.Headers;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>A CSV file of twenty columns: a time, a text of two values, eighteen numbers.</summary>
internal static class Rows
{
    public const int Numbers = 18;

    /// <param name="shift">Added to every number: what two files differ by.</param>
    public static async Task WriteAsync(string file, int rows, int seed, double shift = 0)
    {
        var random = new Random(seed);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("at,kind," + string.Join(',', Enumerable.Range(0, Numbers).Select(i => $"n{i}")));
        for (var row = 0; row < rows; row++)
        {
            await writer.WriteAsync(DateTime.UnixEpoch.AddSeconds(row).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            await writer.WriteAsync(row % 3 == 0 ? ",red" : ",green");
            for (var i = 0; i < Numbers; i++) await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $",{random.NextDouble() + shift:0.######}"));
            await writer.WriteAsync('\n');
        }
    }

    public static async Task UploadAsync(PortalProcess portal, string file, string dataset)
    {
        await using var stream = File.OpenRead(file);
        using var content = new StreamContent(stream, 1 << 20) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var http = portal.ClientFor(PortalProcess.BootstrapKey);
        http.Timeout = TimeSpan.FromMinutes(10);
        using var answer = await http.PostAsync($"/api/v1/datasets/{dataset}/versions", content);
        answer.EnsureSuccessStatusCode();
    }
}
