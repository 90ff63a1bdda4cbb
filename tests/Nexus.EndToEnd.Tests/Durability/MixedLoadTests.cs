using System.Diagnostics;
using System.Globalization;
using System.Text;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>
/// Decisions, feedback, reads, scrapes and uploads together, for as many minutes as NEXUS_LOAD_MINUTES says (60 is the claim): what it costs at the end
/// is what it cost when it had settled.
/// </summary>
[Trait("Length", "Long")]
public sealed class MixedLoadTests(ITestOutputHelper output)
{
    private const int Samples = 80;
    private const string Decide = """{"inputs": {"a": 0.4, "b": 0.7}, "unit": "u-1"}""";
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("NEXUS_LOAD_MINUTES") ?? "4", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Memory_handles_threads_and_latency_are_at_the_end_as_they_were_in_the_second_quarter()
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        await Stories.ServeSmallModelAsync(portal);
        var (latencies, samples) = (new List<(TimeSpan At, double Milliseconds)>(), new List<(long Memory, int Handles, int Threads)>());
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        Task[] load = [.. Enumerable.Range(0, 4).Select(_ => DecideAsync(portal, clock, latencies, stop.Token)), ReadAsync(portal, stop.Token), UploadAsync(portal, stop.Token)];
        while (clock.Elapsed < Length)
        {
            await Task.WhenAny(Task.Delay(Length / Samples), Task.WhenAny(load));
            if (load.FirstOrDefault(t => t.IsCompleted) is { } ended) await ended;
            samples.Add((portal.ResidentBytes(), Count(portal, "fd"), Count(portal, "task")));
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        var (second, last) = (Quarter(samples, latencies, 1), Quarter(samples, latencies, 3));
        output.WriteLine($"second quarter {second}, last {last}; {latencies.Count:N0} decisions");
        last.Memory.ShouldBeLessThan((second.Memory * 1.25) + 50e6);
        last.Handles.ShouldBeLessThan(second.Handles + 20);
        last.Threads.ShouldBeLessThan(second.Threads + 10);
        last.P99.ShouldBeLessThan((second.P99 * 2) + 20);
    }

    private static (double Memory, double Handles, double Threads, double P99) Quarter(
        List<(long Memory, int Handles, int Threads)> samples, List<(TimeSpan At, double Milliseconds)> latencies, int quarter)
    {
        var mine = samples.Skip(samples.Count * quarter / 4).Take(samples.Count / 4).ToList();
        var times = latencies.Where(l => l.At >= Length * quarter / 4 && l.At < Length * (quarter + 1) / 4).Select(l => l.Milliseconds).Order().ToList();
        return (mine.Average(s => s.Memory), mine.Average(s => s.Handles), mine.Average(s => s.Threads), times[(int)(times.Count * 0.99)]);
    }

    private static async Task DecideAsync(PortalProcess portal, Stopwatch clock, List<(TimeSpan At, double Milliseconds)> latencies, CancellationToken stop)
    {
        using var http = portal.ClientFor(PortalProcess.BootstrapKey);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var from = clock.Elapsed;
            using var answer = await http.PostAsync("/api/v1/agents/small/decide", Json(Decide), CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            lock (latencies) latencies.Add((from, (clock.Elapsed - from).TotalMilliseconds));
            if (i % 50 == 0) await FeedbackAsync(http, await answer.Content.ReadAsStringAsync(CancellationToken.None));
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task FeedbackAsync(HttpClient http, string answer)
    {
        var id = System.Text.Json.Nodes.JsonNode.Parse(answer)!["decisionId"]!.GetValue<string>();
        using var told = await http.PostAsync("/api/v1/feedback", Json($$"""[{"decisionId": "{{id}}", "kind": "label", "value": "yes-sir"}]"""));
        told.EnsureSuccessStatusCode();
    }

    private static async Task ReadAsync(PortalProcess portal, CancellationToken stop)
    {
        string[] paths = ["/api/v1/agents/small/decisions", "/api/v1/agents/small/monitoring/performance", "/api/v1/agents/small/monitoring/drift?window=PT1H", "/api/v1/runs", "/metrics", "/health/ready"];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            using var answer = await portal.Http.GetAsync(paths[i % paths.Length], CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            await Task.Delay(250, CancellationToken.None);
        }
    }

    private static async Task UploadAsync(PortalProcess portal, CancellationToken stop)
    {
        for (var seed = 100; !stop.IsCancellationRequested; seed++)
        {
            await portal.Http.UploadCsvAsync("loaded", Stories.SmallCsv(seed));
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(15), stop));
        }
    }

    private static int Count(PortalProcess portal, string what) => Directory.EnumerateFileSystemEntries($"/proc/{portal.ProcessId}/{what}").Count();

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
