using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Nexus.EndToEnd.Tests.Pages;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>A page that stays open while its agent works: four updates a second are the most that a page takes, so half an hour holds as many as an hour at two.</summary>
[Trait("Length", "Long")]
public sealed class SteadyTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(
        double.Parse(Environment.GetEnvironmentVariable("NEXUS_STEADY_MINUTES") ?? "30", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Page_that_stays_open_costs_tab_and_server_no_more_at_the_end_than_in_the_middle()
    {
        await using var portal = await PortalProcess.StartAsync();
        await Stories.ServeSmallModelAsync(portal);
        await portal.Http.PostJsonAsync("/api/v1/people", new { userName = FurnishedPortal.Person, displayName = "Otto", roles = new[] { "Engineer" }, password = FurnishedPortal.Password });
        await using var browser = await Browser.StartAsync();
        await using var visitor = await browser.VisitAsync(portal);
        await visitor.SignInAsync(FurnishedPortal.Person, FurnishedPortal.Password);
        await visitor.OpenAsync("/agents/small");
        var tab = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        var samples = new List<(TimeSpan At, double Heap, double Nodes, long Server)>();
        var clock = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource(Length);
        var traffic = DecideAsync(portal, stop.Token);
        while (clock.Elapsed < Length)
        {
            await Task.Delay(Length / 40);
            samples.Add((clock.Elapsed, await HeapAsync(tab), await MetricAsync(tab, "Nodes"), portal.ResidentBytes()));
        }

        var decided = await traffic;
        decided.ShouldBeGreaterThan((int)(Length.TotalSeconds * 4), "The page was not moved often enough to tell.");
        var (middle, end) = (samples[10..20], samples[^10..]);
        var report = string.Join('\n', samples.Select(s => $"{s.At:mm\\:ss} tab {s.Heap / 1e6:F1} MB, {s.Nodes:F0} nodes, server {s.Server / 1e6:F0} MB"));
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        // The least of a stretch: a chart that is just being drawn anew counts twice.
        end.Min(s => s.Heap).ShouldBeLessThan((middle.Min(s => s.Heap) * 1.1) + 1e6, report);
        end.Min(s => s.Nodes).ShouldBeLessThan((middle.Min(s => s.Nodes) * 1.1) + 200, report);
        end.Min(s => s.Server).ShouldBeLessThan((long)(middle.Min(s => s.Server) * 1.1) + 20_000_000, report);
        visitor.ShouldHaveNothingToComplainOf();
    }

    private static async Task<int> DecideAsync(PortalProcess portal, CancellationToken ct)
    {
        var random = new Random(11);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var decided = 0;
        try
        {
            while (await pace.WaitForNextTickAsync(ct))
            {
                await portal.Http.PostJsonAsync("/api/v1/agents/small/decide", new { inputs = new { a = random.NextDouble(), b = random.NextDouble() } });
                decided++;
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return decided;
    }

    private static async Task<double> HeapAsync(ICDPSession tab)
    {
        await tab.SendAsync("HeapProfiler.collectGarbage");
        await tab.SendAsync("Performance.enable");
        return await MetricAsync(tab, "JSHeapUsedSize");
    }

    private static async Task<double> MetricAsync(ICDPSession tab, string name)
    {
        var answer = await tab.SendAsync("Performance.getMetrics") ?? throw new InvalidOperationException("The tab gives no metrics.");
        return answer.GetProperty("metrics").EnumerateArray().First(m => m.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
    }
}
