using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data.Identity;
using Nexus.Inference.Tests.Agents;
using Nexus.Web.Tests.Agents;
using Nexus.Web.Tests.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

/// <summary>All that the portal logs while a person signs in and a program decides, fails, and tells feedback: none of what they said.</summary>
public sealed class QuietLogTests
{
    private const string Mark = "telltale";
    private const string Password = "telltale words at sign in";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_names_no_person_input_unit_or_key_and_carries_trace_ids()
    {
        var log = new WholeLog();
        await using var portal = await PortalApp.StartAsync(new() { ["Logging:LogLevel:Nexus"] = "Trace" }, services => services.AddSingleton<ILoggerProvider>(log));
        await portal.ServeAsync("price", TestModels.Sigmoid());
        await portal.Get<PersonService>().CreateAsync(new($"{Mark}@example.org", $"{Mark} person", [Role.Engineer], Password), PortalApp.Stage, Stop);
        await SignInAsync(portal);
        var decision = await DecideAsync(portal);
        await FeedbackAsync(portal, decision);
        await MistakesAsync(portal);
        await FailureAsync(portal);

        await portal.StopAsync();

        log.Lines.ShouldNotBeEmpty();
        log.Lines.Where(line => line.Contains(Mark, StringComparison.OrdinalIgnoreCase) || line.Contains(PortalApp.BootstrapKey, StringComparison.Ordinal)).ShouldBeEmpty();
        log.Lines.ShouldContain(line => line.Contains("no such table", StringComparison.Ordinal) && line.Contains("TraceId", StringComparison.Ordinal)); // what failed was logged, with its trace
    }

    private static async Task SignInAsync(PortalApp portal)
    {
        using var browser = new SignInBrowser(portal);
        (await browser.SignInAsync($"{Mark}@example.org", $"{Mark} but wrong")).Dispose();
        (await browser.SignInAsync($"{Mark}@example.com", Password)).Dispose();
        using var answer = await browser.SignInAsync($"{Mark}@example.org", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var page = await browser.Client.GetAsync("/agents", Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<string> DecideAsync(PortalApp portal)
    {
        using var answer = await portal.As($"{Mark}.program", Role.Engineer).PostAsync(
            "/api/v1/agents/price/decide", Json($$$"""{"inputs": {"x": 2.0, "colour": "{{{Mark}}}"}, "unit": "{{{Mark}}}-unit", "subject": "{{{Mark}}}-subject", "context": {"note": "{{{Mark}}}"}}"""), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("decisionId").GetString()!;
    }

    private static async Task FeedbackAsync(PortalApp portal, string decision)
    {
        using var answer = await portal.Bootstrap().PostAsync(
            "/api/v1/feedback", Json($$"""[{"decisionId": "{{decision}}", "kind": "label", "value": "{{Mark}}", "source": "{{Mark}}-source"}]"""), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task MistakesAsync(PortalApp portal)
    {
        var client = portal.Bootstrap();
        (await client.PostAsync("/api/v1/agents/price/decide", Json($$$"""{"inputs": {"{{{Mark}}}": 1}}"""), Stop)).Dispose();
        (await client.PostAsync("/api/v1/agents/price/decide", Json($$$"""{"inputs": {"x": "{{{Mark}}}"}}"""), Stop)).Dispose();
        (await client.PostAsync("/api/v1/agents/price/decide", Json($$"""{"inputs": {"{{Mark}}"""), Stop)).Dispose();
        (await client.PostAsync("/v2/models/price/infer", Json($$$"""{"inputs": [{"name": "{{{Mark}}}"}], "parameters": {"unit": "{{{Mark}}}"}}"""), Stop)).Dispose();
        (await client.GetAsync($"/api/v1/people/{Mark}@example.org?q={Mark}", Stop)).Dispose();
        (await client.GetAsync($"/api/v1/agents/{Mark}", Stop)).Dispose();
        (await portal.WithKey($"nxs_{Mark}").GetAsync("/api/v1/agents", Stop)).Dispose();
    }

    private static async Task FailureAsync(PortalApp portal)
    {
        await using (var db = portal.Open()) await db.Database.ExecuteSqlRawAsync("DROP TABLE \"Agents\";", Stop);
        using var answer = await portal.Bootstrap().GetAsync($"/api/v1/agents?pageToken=&q={Mark}", Stop);
        await answer.ShouldBeProblemAsync(HttpStatusCode.InternalServerError);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Everything: words, values, exceptions, scopes.</summary>
    private sealed class WholeLog : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private IExternalScopeProvider? _scopes;

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder(formatter(state, exception)).Append(' ').Append(exception).Append(' ');
            if (state is IEnumerable<KeyValuePair<string, object?>> values) line.AppendJoin(' ', values.Select(v => $"{v.Key}={v.Value}"));
            _scopes?.ForEachScope((scope, all) => all.Append(' ').Append(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : scope), line);
            _lines.Enqueue(line.ToString());
        }

        public void Dispose()
        {
        }
    }
}
