using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data.Identity;
using Nexus.Inference.Tests.Agents;
using Nexus.Web.Tests.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed partial class TelemetryTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Decide = "/api/v1/agents/price/decide";
    private static readonly string[] Rooms = ["Nexus.Data", "Nexus.Inference", "Nexus.Jobs", "Nexus.Web"];

    [Fact]
    public async Task Metrics_are_for_a_key_of_any_role()
    {
        using var nobody = await portal.Anonymous().GetAsync("/metrics");
        using var viewer = await portal.As("vic", Role.Viewer).GetAsync("/metrics");

        await nobody.ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        viewer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_can_be_turned_off()
    {
        await using var silent = await PortalApp.StartAsync(new() { ["Nexus:Telemetry:Metrics"] = "false" });

        using var answer = await silent.Bootstrap().GetAsync("/metrics");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Requests_are_told_by_their_route_and_nobody_by_name()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        await DecideAsync();
        using (await portal.Bootstrap().GetAsync("/api/v1/people/somebody@example.org")) { }
        using (await portal.Bootstrap().GetAsync("/api/v1/agents/absent-agent")) { }

        var metrics = await MetricsUntilAsync(text => text.Contains("http_route=\"/api/v1/agents/{name}/decide\"", StringComparison.Ordinal)
            && text.Contains("http_route=\"/api/v1/agents/{name}\"", StringComparison.Ordinal) && text.Contains("nexus_agent=\"price\"", StringComparison.Ordinal));

        metrics.ShouldContain("http_response_status_code=\"404\"");
        foreach (var secret in new[] { "somebody", "absent-agent", "colour", PortalApp.BootstrapKey }) metrics.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Every_query_of_the_dashboard_names_metrics_that_exist()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        await DecideAsync();
        var metrics = await MetricsUntilAsync(text => text.Contains("nexus_journal_drained_total{", StringComparison.Ordinal));
        var known = Types().Matches(metrics).Select(m => m.Groups[1].Value).Concat(Told().Select(Exported)).ToHashSet();
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "grafana", "nexus-portal.json")));
        var queries = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()!)
            .Concat(dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Where(v => v.GetProperty("type").GetString() == "query").Select(v => v.GetProperty("query").GetString()!)).ToList();

        var named = queries.SelectMany(q => Names().Matches(q).Select(m => Parts().Replace(m.Value, ""))).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(15);
        named.Where(name => !known.Contains(name)).ShouldBeEmpty();
        // What was told and what was exported are called alike.
        known.Where(name => name.StartsWith("nexus_", StringComparison.Ordinal)).ShouldBeSubsetOf(Told().Select(Exported));
    }

    [Fact]
    public async Task The_trace_id_of_a_problem_is_the_one_in_the_log_and_the_callers_where_there_is_one()
    {
        var log = new ScopedLog();
        await using var app = await PortalApp.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(log));
        using var client = app.Bootstrap();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/agents");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        await using (var db = app.Open()) await db.Database.ExecuteSqlRawAsync("DROP TABLE \"Agents\";");

        using var answer = await client.SendAsync(request);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.InternalServerError)).GetProperty("traceId").GetString().ShouldBe(trace);
        log.Traces.ShouldContain(trace);
    }

    [Fact]
    public async Task No_span_is_made_on_the_way_of_a_decision_where_nobody_listens()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        await DecideAsync();

        using var refused = await portal.As("ada", Role.Engineer).PostAsync(Decide, Json("""{"inputs": {"color": "red"}}"""));

        // The connection's name and the request's number, not 32 digits of a trace.
        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("traceId").GetString()!.ShouldContain(':');
    }

    [Fact]
    public async Task The_callers_trace_is_that_of_a_decision_too()
    {
        await portal.ServeAsync("price", TestModels.Sigmoid());
        await DecideAsync();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, Decide) { Content = Json("""{"inputs": {"color": "red"}}""") };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var refused = await portal.As("ada", Role.Engineer).SendAsync(request);

        (await refused.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("traceId").GetString().ShouldBe(trace);
    }

    private async Task DecideAsync()
    {
        using var answer = await portal.As("ada", Role.Engineer).PostAsync(Decide, Json("""{"inputs": {"x": 2.0, "colour": "red"}}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> MetricsUntilAsync(Func<string, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var text = await portal.Bootstrap().GetStringAsync("/metrics", limit.Token);
            if (holds(text)) return text;
            await Task.Delay(200, limit.Token);
        }
    }

    /// <summary>All instruments of our rooms.</summary>
    private static List<Instrument> Told()
    {
        var told = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (Rooms.Contains(instrument.Meter.Name)) told.Add(instrument); } };
        _ = Nexus.Jobs.Pipelines.JobsTelemetry.Name;
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Nexus.Jobs.Pipelines.JobsTelemetry).TypeHandle);
        listener.Start();
        return told;
    }

    private static string Exported(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var counts = instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal) ? "_total" : "";
        return instrument.Name.Replace('.', '_') + unit + counts;
    }

    private static StringContent Json(string json)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    [GeneratedRegex(@"^# TYPE (\S+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Types();

    [GeneratedRegex(@"\b(nexus|http|db|dotnet)_[a-z_]+_(bucket|count|total|bytes|seconds|active|writable)\b|\bnexus_runs_active\b", RegexOptions.None, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("_(bucket|count|sum)$", RegexOptions.None, 1000)]
    private static partial Regex Parts();

    /// <summary>The trace ids in whose scope something was logged.</summary>
    private sealed class ScopedLog : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentBag<string> Traces { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _scopes?.ForEachScope(
                (scope, traces) =>
                {
                    if (scope is IEnumerable<KeyValuePair<string, object>> pairs && pairs.FirstOrDefault(p => p.Key == "TraceId").Value is { } trace) traces.Add(trace.ToString()!);
                },
                Traces);

        public void Dispose()
        {
        }
    }
}
