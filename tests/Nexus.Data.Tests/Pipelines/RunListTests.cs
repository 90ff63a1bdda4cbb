using Nexus.Data.Pipelines;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Pipelines;

public sealed class RunListTests(RunListTests.Filled filled) : IClassFixture<RunListTests.Filled>
{
    private const int Runs = 300;

    [Theory]
    [InlineData("metrics.auc > 0.8")]
    [InlineData("metrics.auc >= .75 and params.train.params.leaves = 31")]
    [InlineData("params.train.params.leaves = 31 or status = failed")]
    [InlineData("(status = failed or by = ada) and not params.train.params.leaves = 31")]
    [InlineData("params.train.trainer like 'light%' and params.seed < 40")]
    [InlineData("params.train.params.leaves in (3, 5, 7)")]
    [InlineData("tags.team = risk and metrics.auc is not null")]
    [InlineData("tags.team is null")]
    [InlineData("duration > 30s and created > -4h")]
    [InlineData("number <= 10 and pipeline = elec2")]
    [InlineData("params.train.params.leaves != 31 AND metrics.auc < 0.55")]
    [InlineData("created >= '2026-01-01 02:00' and created < 2026-01-02 and trigger = manual")]
    public async Task List_by_a_filter_is_what_its_words_say(string text)
    {
        var expected = Enumerable.Range(0, Runs).Where(i => Holds(text, i)).Reverse().ToList();
        expected.Count.ShouldBeInRange(1, Runs - 1);
        (await ReadAsync(new(Text: text))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("metrics.auc", "-metrics.auc")]
    [InlineData("params.train.params.leaves", "-params.train.params.leaves")]
    [InlineData("params.train.trainer", "-params.train.trainer")]
    [InlineData("duration", "-duration")]
    [InlineData("created", "-created")]
    public async Task List_by_any_order_shows_each_run_once_and_those_without_last(string up, string down)
    {
        foreach (var sort in new[] { up, down })
        {
            var shown = await ReadAsync(new(Sort: sort), pageSize: 7);
            shown.Order().ShouldBe(Enumerable.Range(0, Runs));
            var values = shown.Select(i => Value(up, i)).ToList();
            var known = values.TakeWhile(value => value is not null).ToList();
            values.Skip(known.Count).ShouldAllBe(value => value == null);
            known.ShouldBe(sort == up ? [.. known.Order()] : [.. known.OrderDescending()]);
        }
    }

    [Theory]
    [InlineData("metrics.acu > 0.8", 1, "Did you mean 'auc'?")]
    [InlineData("statsu = failed", 1, "Did you mean 'status'?")]
    [InlineData("leaves = 31", 1, "Did you mean 'params.train.params.leaves'?")]
    [InlineData("status = faild", 10, "Did you mean 'failed'?")]
    [InlineData("metrics.auc > high", 15, "'high' is not a number")]
    [InlineData("metrics.auc > 0.8 and", 22, "the filter ends")]
    [InlineData("metrics.auc > 0.8 by = ada", 19, "joined by and, or")]
    [InlineData("(metrics.auc > 0.8", 1, "not closed")]
    [InlineData("tags.team = 'risk", 13, "not closed")]
    [InlineData("by > ada", 1, "compared by")]
    [InlineData("created > yesterday", 11, "is not a time")]
    [InlineData("metrics.auc ~ 3", 13, "an operator")]
    public async Task List_by_a_filter_that_is_not_understood_says_where_and_what_was_meant(string text, int column, string hint)
    {
        var refusal = await Should.ThrowAsync<RefusedException>(() => ReadAsync(new(Text: text)));
        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.Column.ShouldBe(column);
        refusal.Message.ShouldContain(hint);
    }

    [Fact]
    public async Task List_by_a_filter_out_of_bounds_is_refused()
    {
        foreach (var text in new[] { new string(' ', 1) + new string('x', 2000), string.Join(" and ", Enumerable.Repeat("number > 1", 41)), new string('(', 30) + "number > 1" + new string(')', 30) })
            (await Should.ThrowAsync<RefusedException>(() => ReadAsync(new(Text: text)))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("MXww")]
    [InlineData("OXwwMTlhfDE")]
    public async Task List_by_a_token_of_another_list_is_refused(string token) =>
        (await Should.ThrowAsync<RefusedException>(() => filled.Lists.ListAsync(new(Sort: "metrics.auc"), RunColumns.None, new(5, token), CancellationToken.None))).Kind.ShouldBe(RefusalKind.Malformed);

    [Fact]
    public async Task List_reads_the_columns_that_were_asked_for()
    {
        var page = await filled.Lists.ListAsync(new(Sort: "created"), RunColumns.Of(["params.train.trainer", "metrics.train/valid.auc", "tags.team", "status"]), new(2), CancellationToken.None);
        page.Items[0].Params.ShouldBe(new Dictionary<string, string> { ["train.trainer"] = "lightgbm" });
        page.Items[0].Metrics["train/valid.auc"].Value.ShouldBe(.7);
        page.Items[0].Tags["team"].ShouldBe("risk");
        page.Items[1].Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task Group_counts_and_summarizes_each_value()
    {
        var groups = await filled.Lists.GroupAsync(new(), "params.train.trainer", "auc", CancellationToken.None);
        groups.Select(g => (g.Value, g.Count)).ShouldBe([("lightgbm", 150), ("linear", 150)]);
        var even = Enumerable.Range(0, Runs).Where(i => i % 2 == 0).Select(RunStage.Auc).ToList();
        groups[0].Mean!.Value.ShouldBe(even.Average(), 1e-9);
        (groups[0].Min, groups[0].Max).ShouldBe((even.Min(), even.Max()));
        (await filled.Lists.GroupAsync(new(), "tags.team", null, CancellationToken.None)).Select(g => (g.Value, g.Count, g.Mean)).ShouldBe([(null, 200, null), ("risk", 100, null)], ignoreOrder: true);
        (await filled.Lists.GroupAsync(new(), "status", "auc", CancellationToken.None)).Select(g => (g.Value, g.Count)).ShouldBe([("Succeeded", 270), ("Failed", 30)]);
        (await filled.Lists.GroupAsync(new(), "sweep", null, CancellationToken.None)).ShouldHaveSingleItem().Value.ShouldBeNull();
    }

    private static bool Holds(string text, int i)
    {
        var (auc, leaves, failed, linear) = (i % 10 == 9 ? (double?)null : RunStage.Auc(i), i % 64, i % 10 == 9, i % 2 == 1);
        return text switch
        {
            "metrics.auc > 0.8" => auc > .8,
            "metrics.auc >= .75 and params.train.params.leaves = 31" => auc >= .75 && leaves == 31,
            "params.train.params.leaves = 31 or status = failed" => leaves == 31 || failed,
            "(status = failed or by = ada) and not params.train.params.leaves = 31" => (failed || i % 2 == 0) && leaves != 31,
            "params.train.trainer like 'light%' and params.seed < 40" => !linear && i < 40,
            "params.train.params.leaves in (3, 5, 7)" => leaves is 3 or 5 or 7,
            "tags.team = risk and metrics.auc is not null" => i % 3 == 0 && auc is not null,
            "tags.team is null" => i % 3 != 0,
            "duration > 30s and created > -4h" => 10 + (i % 50) > 30 && i > 60,
            "number <= 10 and pipeline = elec2" => i < 10,
            "params.train.params.leaves != 31 AND metrics.auc < 0.55" => leaves != 31 && auc < .55,
            _ => i >= 120,
        };
    }

    private static IComparable? Value(string sort, int i) => sort switch
    {
        "metrics.auc" => i % 10 == 9 ? null : RunStage.Auc(i),
        "params.train.params.leaves" => i % 64,
        "params.train.trainer" => i % 2 == 0 ? "lightgbm" : "linear",
        "duration" => i % 50,
        _ => i,
    };

    private async Task<List<int>> ReadAsync(RunFilter filter, int pageSize = 50)
    {
        var shown = new List<int>();
        string? token = null;
        do
        {
            var page = await filled.Lists.ListAsync(filter, RunColumns.None, new(pageSize, token), CancellationToken.None);
            shown.AddRange(page.Items.Select(row => row.Summary.Number - 1));
            token = page.NextPageToken;
        }
        while (token is not null);
        return shown;
    }

    public sealed class Filled : IAsyncLifetime
    {
        private TestDatabase _database = null!;

        public RunListService Lists => _database.Get<RunListService>();

        public async ValueTask InitializeAsync()
        {
            // Five hours after the first run.
            _database = await TestDatabase.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(RunStage.Start.AddHours(5)));
            RunStage.Fill(_database, Runs, points: 3);
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
