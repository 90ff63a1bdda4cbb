using System.Text.Json.Nodes;
using Nexus.Data;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

public sealed class DecisionServiceTests
{
    [Fact]
    public async Task Decide_answers_label_scores_version_and_is_read_back_as_it_was_sent()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());

        var answer = await host.DecideAsync("price",
            """{"inputs": {"x": 2.0, "colour": "blé\n", "at": "2024-05-01T00:00:00Z"}, "unit": "user-1", "subject": "customer-9", "context": {"page": "home"}}""");

        answer["output"]!["label"]!.GetValue<string>().ShouldBe("UP");
        answer["output"]!["scores"]!["UP"]!.GetValue<double>().ShouldBe(0.880797, 1e-5);
        answer["modelVersion"]!.GetValue<int>().ShouldBe(1);
        answer["variant"]!.GetValue<string>().ShouldBe("production");
        answer["guardrails"]!.AsArray().ShouldBeEmpty();
        var id = answer["decisionId"]!.GetValue<Guid>();
        id.Version.ShouldBe(7);
        var read = await host.ReadAsync(id);
        JsonNode.DeepEquals(JsonNode.Parse(read.Inputs.GetRawText()), JsonNode.Parse("""{"x": 2.0, "colour": "blé\n", "at": "2024-05-01T00:00:00Z"}""")).ShouldBeTrue();
        (read.Agent, read.Label, read.Unit, read.Subject, read.PlanRevision).ShouldBe(("price", "UP", "user-1", "customer-9", 1));
        read.Scores.GetProperty("DOWN").GetDouble().ShouldBe(0.119203, 1e-5);
        read.Context!.Value.GetProperty("page").GetString().ShouldBe("home");
        read.LatencyMicroseconds.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("""{"inputs": {}}""")]
    [InlineData("""{"inputs": {"x": null, "colour": null, "at": null}}""")]
    public async Task Decide_takes_what_is_absent_or_null_as_missing(string body)
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());

        var answer = await host.DecideAsync("price", body);

        answer["output"]!["scores"]!["UP"]!.GetValue<double>().ShouldBe(0.5, 1e-6);
    }

    [Theory]
    [InlineData("""{"inputs": {"X1": 1}}""", "X1")]
    [InlineData("""{"inputs": {"color": "red"}}""", "Did you mean 'colour'?")]
    [InlineData("""{"inputs": {"x": "1"}}""", "'x' takes a number, not a text")]
    [InlineData("""{"inputs": {"x": [1]}}""", "'x'")]
    [InlineData("""{"inputs": {"x": {"a": 1}}}""", "'x'")]
    [InlineData("""{"inputs": {"x": 1e300}}""", "'x'")]
    [InlineData("""{"inputs": {"x": 1, "x": 2}}""", "'x' is given twice")]
    [InlineData("""{"inputs": {"colour": 3}}""", "'colour' takes a text, not a number")]
    [InlineData("""{"inputs": {"at": 1.5}}""", "'at' takes an integer")]
    [InlineData("""{"inputs": {"at": "yesterday"}}""", "'at'")]
    [InlineData("""{"inputs": {"at": 99999999999999999999}}""", "'at'")]
    [InlineData("""{"inputs": 5}""", "inputs")]
    [InlineData("""{"unit": "a"}""", "inputs is missing")]
    [InlineData("""{"inputs": {}, "unit": 5}""", "unit")]
    [InlineData("""{"inputs": {}, "context": []}""", "context")]
    [InlineData("""{"inputs": {}, "extra": 1}""", "'extra'")]
    public async Task Decide_refuses_what_breaks_a_rule_and_names_it(string body, string said)
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());

        var refused = await Should.ThrowAsync<RefusedException>(() => host.DecideAsync("price", body));

        refused.Kind.ShouldBe(RefusalKind.Invalid);
        refused.Message.ShouldContain(said);
        (await host.DecideAsync("price", """{"inputs": {"x": 0}}"""))["output"]!["scores"]!["UP"]!.GetValue<double>().ShouldBe(0.5, 1e-6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"inputs\": {\"x\": 1}")]
    [InlineData("{\"inputs\": {\"x\": 1}} {}")]
    [InlineData("{\"inputs\": {\"x\": NaN}}")]
    [InlineData("{\"inputs\": {\"colour\": \"\\ud800\"}}")]
    [InlineData("{\"inputs\": {}, \"context\": {\"a\": \"\\udc00\"}}")]
    public async Task Decide_refuses_what_is_no_json(string body)
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());

        (await Should.ThrowAsync<RefusedException>(() => host.DecideAsync("price", body))).Kind.ShouldBe(RefusalKind.Malformed);
    }

    [Fact]
    public async Task Decide_bounds_texts()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());
        static string Body(int colour, int unit, int context) =>
            $$$"""{"inputs": {"colour": "{{{new string('é', colour)}}}"}, "unit": "{{{new string('u', unit)}}}", "context": {"c": "{{{new string('c', context)}}}"}}""";

        await host.DecideAsync("price", Body(100_000, 256, 16_000));

        foreach (var (body, said) in new[] { (Body(100_001, 1, 1), "'colour'"), (Body(1, 257, 1), "unit"), (Body(1, 1, 17_000), "context") })
            (await Should.ThrowAsync<RefusedException>(() => host.DecideAsync("price", body))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task Decide_without_a_production_version_is_a_conflict_and_without_an_agent_not_found()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());
        await using (var db = host.Database.Open())
        {
            db.Models.Single().ProductionVersion = null;
            await db.SaveChangesAsync();
        }

        await host.Database.Get<Nexus.Data.Agents.IServedModels>().RefreshAsync(CancellationToken.None);

        (await Should.ThrowAsync<RefusedException>(() => host.DecideAsync("price", "{}"))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => host.DecideAsync("other", "{}"))).Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task Decide_of_a_regression_answers_its_value()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("twice", TestModels.Twice());

        var answer = await host.DecideAsync("twice", """{"inputs": {"x": 21}}""");

        answer["output"]!["value"]!.GetValue<double>().ShouldBe(42);
        answer["output"]!["label"].ShouldBeNull();
        (await host.ReadAsync(answer["decisionId"]!.GetValue<Guid>())).Value.ShouldBe(42);
    }

    [Fact]
    public async Task Swap_under_load_fails_no_request_and_counts_a_revision()
    {
        await using var host = await ServingHost.StartAsync();
        await host.ServeAsync("price", TestModels.Sigmoid());
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var (answers, newest) = (0, 0);
            while (!stop.IsCancellationRequested)
            {
                var version = (await host.DecideAsync("price", """{"inputs": {"x": 1}}"""))["modelVersion"]!.GetValue<int>();
                version.ShouldBeGreaterThanOrEqualTo(newest);
                (answers, newest) = (answers + 1, version);
            }

            return answers;
        })).ToList();

        for (var i = 1; i <= 8; i++) await host.PromoteAsync("price", TestModels.Sigmoid(plus: i));
        await stop.CancelAsync();

        (await Task.WhenAll(load)).Sum().ShouldBeGreaterThan(0);
        var answer = await host.DecideAsync("price", """{"inputs": {"x": 0}}""");
        answer["modelVersion"]!.GetValue<int>().ShouldBe(9);
        var read = await host.ReadAsync(answer["decisionId"]!.GetValue<Guid>());
        read.PlanRevision.ShouldBe(9);
        await using var db = host.Database.Open();
        db.LineageEdges.Count(e => e.Relation == "serves" && e.To == "agent/price").ShouldBe(9);
    }
}
