using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>What is read about an agent with a hundred thousand decisions, and with ten times as many.</summary>
internal static partial class GrowthPart
{
    private const int Rounds = 9;
    private static readonly int[] Sizes = [100_000, 1_000_000];

    public static async Task<string> RunAsync()
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        var model = Path.Combine(portal.DataDirectory, "forest.onnx");
        await File.WriteAllBytesAsync(model, Forest.Onnx());
        await Stage.ServeAsync(portal, model);
        var figures = new List<Dictionary<string, double>>();
        var (stored, slow) = (0, "");
        foreach (var size in Sizes)
        {
            await portal.StopAsync();
            var some = await FillAsync(portal.DataDirectory, size - stored);
            stored = size;
            await portal.StartAgainAsync();
            var before = await CommandsAsync(portal);
            figures.Add(await ReadAsync(portal, some));
            var after = await CommandsAsync(portal);
            slow = $"{Lines.Number(after.Slow - before.Slow)} of {Lines.Number(after.All - before.All)}";
        }

        return string.Join('\n', [
            Lines.Head(["", .. Sizes.Select(s => $"{Lines.Number(s)} decisions, ms"), "ratio"]),
            .. figures[0].Keys.Select(read => Lines.Row(read, Lines.Number(figures[0][read], "0.0"), Lines.Number(figures[1][read], "0.0"), Lines.Number(figures[1][read] / figures[0][read], "0.0"))),
            "", $"Medians of {Rounds}, with the way over HTTP. Commands to the database of more than 50 ms while the largest was read: {slow}."]);
    }

    /// <returns>One of their ids.</returns>
    private static async Task<Guid> FillAsync(string folder, int rows)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Nexus:DataDirectory", folder)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddNexusData(configuration).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<NexusDb>>().CreateDbContextAsync();
        var agent = await db.Agents.SingleAsync();
        var now = TimeProvider.System.GetUtcNow();
        var random = new Random(7);
        var last = Guid.Empty;
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(50_000))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Provider.InsertAsync(db, [.. chunk.Select(_ => Decision(agent.Id, now.AddSeconds(-random.Next(30 * 86_400)), random))], CancellationToken.None);
            last = await db.Decisions.OrderByDescending(d => d.Id).Select(d => d.Id).FirstAsync();
            await transaction.CommitAsync();
        }

        return last;
    }

    private static Decision Decision(Guid agent, DateTimeOffset at, Random random) => new()
    {
        Id = Guid.CreateVersion7(at),
        AgentId = agent,
        At = UtcMicroseconds.Truncate(at),
        ModelVersion = 1,
        Variant = "production",
        PlanRevision = 1,
        Unit = $"user-{random.Next(10_000)}",
        Label = random.Next(5) == 0 ? "UP" : "DOWN",
        Score = random.NextDouble(),
        LatencyMicroseconds = 30,
        Payload = """{"inputs":{"day":0.1,"period":0.2,"nswprice":0.3,"nswdemand":0.4,"vicprice":0.5,"vicdemand":0.6,"transfer":0.7},"scores":{"DOWN":0.6,"UP":0.4},"guardrails":[]}""",
    };

    private static async Task<Dictionary<string, double>> ReadAsync(PortalProcess portal, Guid some)
    {
        var reads = new Dictionary<string, string>
        {
            ["a page of decisions"] = $"/api/v1/agents/{Stage.Agent}/decisions",
            ["a page of one class"] = $"/api/v1/agents/{Stage.Agent}/decisions?label=UP",
            ["a page of one unit"] = $"/api/v1/agents/{Stage.Agent}/decisions?unit=user-7&pageSize=20",
            ["one decision"] = $"/api/v1/decisions/{some}",
            ["the agent"] = $"/api/v1/agents/{Stage.Agent}",
            ["performance"] = $"/api/v1/agents/{Stage.Agent}/monitoring/performance",
            ["drift"] = $"/api/v1/agents/{Stage.Agent}/monitoring/drift?window=PT1H",
        };
        var medians = new Dictionary<string, double>();
        foreach (var (name, path) in reads)
        {
            var times = new List<double>();
            for (var round = 0; round <= Rounds; round++)
            {
                var watch = Stopwatch.StartNew();
                using var answer = await portal.Http.GetAsync(path);
                answer.EnsureSuccessStatusCode();
                if (round > 0) times.Add(watch.Elapsed.TotalMilliseconds); // the first one compiles
            }

            medians[name] = times.Order().ElementAt(Rounds / 2);
        }

        return medians;
    }

    /// <summary>From the portal's own histogram.</summary>
    private static async Task<(double Slow, double All)> CommandsAsync(PortalProcess portal)
    {
        var metrics = await portal.Http.GetStringAsync("/metrics");
        double Sum(Regex pattern) => pattern.Matches(metrics).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        return (Sum(All()) - Sum(Quick()), Sum(All()));
    }

    [GeneratedRegex("""^db_client_operation_duration_seconds_bucket\{[^}]*le="0\.05"\} (\d+)""", RegexOptions.Multiline, 1000)]
    private static partial Regex Quick();

    [GeneratedRegex("""^db_client_operation_duration_seconds_count\{[^}]*\} (\d+)""", RegexOptions.Multiline, 1000)]
    private static partial Regex All();
}
