using System.Diagnostics;
using CsCheck;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Differences;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets.Differences;

public sealed class DifferenceServiceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task By_key_rows_are_added_removed_and_changed_and_columns_counted()
    {
        await _database.ImportAsync("d", "id,name,price\n1,a,1.5\n2,b,2.5\n3,c,\n4,d,4.5\n");
        await _database.ImportAsync("d", "id,name,price\n5,e,5.5\n1,a,1.5\n2,b,9\n3,C,3.5\n");

        var difference = await SummaryAsync("d", 2, 1, "id");

        (difference.Added, difference.Removed, difference.Changed, difference.Same).ShouldBe((1, 1, 2, 1));
        difference.Columns.ShouldBe([new("name", 1), new("price", 2)]);
        difference.SuggestedKeys[0].ShouldBe(["id"]);
        var changed = await RowsAsync("d", DifferenceKind.Changed, "id");
        changed.Items.Select(r => (r.Row, r.RowBefore)).ShouldBe([(3, 2), (4, 3)]);
        changed.Items[0].Changes.ShouldBe([new("price", 2.5, 9.0)]);
        changed.Items[1].Changes.ShouldBe([new("name", "c", "C"), new("price", null, 3.5)]);
        var added = (await RowsAsync("d", DifferenceKind.Added, "id")).Items.Single();
        (added.Row, added.RowBefore, added.Values["name"]).ShouldBe((1, null, "e"));
        var removed = (await RowsAsync("d", DifferenceKind.Removed, "id")).Items.Single();
        (removed.Row, removed.RowBefore, removed.Values["name"]).ShouldBe((null, 4, "d"));
    }

    [Fact]
    public async Task Without_a_key_rows_are_matched_whole_as_often_as_they_occur()
    {
        await _database.ImportAsync("d", "a,b\nx,1\nx,1\nx,1\ny,2\n,\n");
        await _database.ImportAsync("d", "a,b\nx,1\ny,2\ny,2\nz,3\n,\n");

        var difference = await SummaryAsync("d", 2, 1);

        (difference.Added, difference.Removed, difference.Changed, difference.Same).ShouldBe((2, 2, null, 3));
        difference.Columns.ShouldBeEmpty();
        (await RowsAsync("d", DifferenceKind.Added)).Items.Select(r => r.Row).ShouldBe([3, 4]);
        (await RowsAsync("d", DifferenceKind.Removed)).Items.Select(r => r.RowBefore).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Columns_that_came_went_or_have_another_type_are_told_and_the_rest_compared()
    {
        await _database.ImportAsync("d", "id,n,t,gone\n1,1,1,x\n2,2,2,y\n");
        await _database.ImportAsync("d", "id,n,t,came\n1,1.0,1,x\n2,2.5,b,y\n");

        var difference = await SummaryAsync("d", 2, 1, "id");

        difference.AddedColumns.ShouldBe([new("came", "text")]);
        difference.RemovedColumns.ShouldBe([new("gone", "text")]);
        difference.RetypedColumns.ShouldBe([new("n", "integer", "number"), new("t", "integer", "text")]);
        (difference.Changed, difference.Same).ShouldBe((1, 1));
        (await RowsAsync("d", DifferenceKind.Changed, "id")).Items.Single().Changes.Select(c => c.Column).ShouldBe(["n", "t"]);
    }

    [Fact]
    public async Task A_key_that_repeats_or_is_not_there_is_refused_and_two_columns_may_be_one()
    {
        await _database.ImportAsync("d", "shop,day,n\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-01,3\nb,2026-01-02,4\n");
        await _database.ImportAsync("d", "shop,day,n\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-01,3\nb,2026-01-02,5\n");

        (await Should.ThrowAsync<RefusedException>(() => SummaryAsync("d", 2, 1, "shop"))).Message.ShouldContain("does not tell the rows apart: in version 1, 2 values");
        (await Should.ThrowAsync<RefusedException>(() => SummaryAsync("d", 2, 1, "nothing"))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => SummaryAsync("d", 2, 3, "shop"))).Kind.ShouldBe(RefusalKind.NotFound);
        (await SummaryAsync("d", 2, 1, "shop", "day")).Changed.ShouldBe(1);
    }

    [Fact]
    public async Task Column_that_differs_behind_what_a_page_shows_is_named()
    {
        var begins = new string('x', 1500);
        await _database.ImportAsync("d", $"id,text,same\n1,{begins}a,{begins}\n");
        await _database.ImportAsync("d", $"id,text,same\n1,{begins}b,{begins}\n");

        (await RowsAsync("d", DifferenceKind.Changed, "id")).Items.Single().Changes.Select(c => c.Column).ShouldBe(["text"]);
    }

    [Fact]
    public async Task Keys_of_two_columns_are_suggested_where_none_does_alone()
    {
        string Table(int last) => "shop,day,amount\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"s{i % 3},2026-01-{1 + (i / 3):00},{(i == 11 ? last : 7)}\n"));
        await _database.ImportAsync("d", Table(1));
        await _database.ImportAsync("d", Table(2));

        var keys = await _database.Get<DifferenceService>().SuggestKeysAsync(new("d", 2), 1, default);
        keys.Select(key => string.Join(' ', key.Order(StringComparer.Ordinal))).ShouldContain("day shop");
    }

    [Fact]
    public async Task Rows_come_in_pages_by_their_number_and_a_foreign_token_is_refused()
    {
        await _database.ImportAsync("d", "id,v\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},a\n")));
        await _database.ImportAsync("d", "id,v\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},b\n")));
        var rows = new List<long?>();
        string? token = null;
        do
        {
            var page = await _database.Get<DifferenceService>().RowsAsync(new("d", 2), 1, ["id"], DifferenceKind.Changed, new(10, token), default);
            rows.AddRange(page.Items.Select(r => r.Row));
            token = page.NextPageToken;
        }
        while (token is not null);

        rows.ShouldBe(Enumerable.Range(1, 25).Select(i => (long?)i));
        (await Should.ThrowAsync<RefusedException>(() => _database.Get<DifferenceService>().RowsAsync(new("d", 2), 1, ["id"], DifferenceKind.Changed, new(10, "xx"), default))).Kind.ShouldBe(RefusalKind.Malformed);
    }

    [Fact]
    public async Task No_rows_missing_keys_and_odd_names_are_no_trouble()
    {
        await _database.ImportAsync("d", "\"a \"\"b\"\"; drop\",ü<i>\n,1\nx,2\n");
        await _database.ImportAsync("d", "\"a \"\"b\"\"; drop\",ü<i>\n", types: new() { ["ü<i>"] = "integer" });

        var byKey = await SummaryAsync("d", 2, 1, "a \"b\"; drop");
        var whole = await SummaryAsync("d", 1, 2);

        (byKey.Added, byKey.Removed, byKey.Changed).ShouldBe((0, 2, 0));
        (whole.Added, whole.Removed).ShouldBe((2, 0));
    }

    [Fact]
    public Task Counts_are_those_of_a_plain_comparison()
    {
        var number = 0;
        return Gen.Select(Rows, Rows).SampleAsync(
            async (before, now) =>
            {
                var name = $"p-{Interlocked.Increment(ref number)}";
                await _database.ImportAsync(name, Csv(before), types: Types);
                if ((await _database.ImportAsync(name, Csv(now), types: Types)).Version == 1) return;

                var difference = await SummaryAsync(name, 2, 1, "k");

                var old = before.ToDictionary(r => r.Key, r => r.Value);
                var current = now.ToDictionary(r => r.Key, r => r.Value);
                difference.Added.ShouldBe(current.Keys.Except(old.Keys).LongCount());
                difference.Removed.ShouldBe(old.Keys.Except(current.Keys).LongCount());
                difference.Changed.ShouldBe(current.LongCount(r => old.TryGetValue(r.Key, out var value) && value != r.Value));
            },
            iter: 15, threads: 1, seed: "0N0XIzNsQ0O2");
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_million_rows_of_twenty_columns_are_compared_in_seconds()
    {
        string Table(int shift) => $"SELECT i AS id, {string.Join(", ", Enumerable.Range(0, 19).Select(c => c % 3 == 0 ? $"'text ' || (hash(i, {c}) % 1000) AS c{c}" : $"(hash(i, {c}) + CASE WHEN i % 100 = 0 THEN {shift} ELSE 0 END) % 100000 AS c{c}"))} FROM range({1000 * shift}, {1_000_000 + (1000 * shift)}) r(i)";
        await _database.ImportAsync("big", await _database.ParquetAsync(Table(0)), ImportFormats.Parquet);
        await _database.ImportAsync("big", await _database.ParquetAsync(Table(1)), ImportFormats.Parquet);

        var clock = Stopwatch.StartNew();
        var byKey = await SummaryAsync("big", 2, 1, "id");
        var keyed = clock.Elapsed;
        clock.Restart();
        var whole = await SummaryAsync("big", 2, 1);
        var wholly = clock.Elapsed;
        clock.Restart();
        (await RowsAsync("big", DifferenceKind.Changed, "id")).Items.Count.ShouldBe(50);

        TestContext.Current.SendDiagnosticMessage($"by key {keyed.TotalSeconds:0.0} s, whole {wholly.TotalSeconds:0.0} s, a page {clock.Elapsed.TotalMilliseconds:0} ms");
        (byKey.Added, byKey.Removed, byKey.Changed, byKey.Same).ShouldBe((1000, 1000, 9990, 989_010));
        (whole.Added, whole.Removed, whole.Same).ShouldBe((10_990, 10_990, 989_010));
        (keyed + wholly).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static readonly Dictionary<string, string> Types = new() { ["k"] = "integer", ["v"] = "text" };

    private static readonly string[] Values = ["a", "b", "ü,\"x\"", " "];

    private static readonly Gen<(int Key, string Value)[]> Rows =
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3].Select(i => Values[i])).Array[0, 20].Select(rows => rows.DistinctBy(r => r.Item1).Select(r => (r.Item1, r.Item2)).ToArray());

    private static string Csv((int Key, string Value)[] rows) => "k,v\n" + string.Concat(rows.Select(r => $"{r.Key},\"{r.Value.Replace("\"", "\"\"")}\"\n"));

    private Task<DatasetDifference> SummaryAsync(string name, int version, int against, params string[] key) =>
        _database.Get<DifferenceService>().SummaryAsync(new(name, version), against, key, default);

    private Task<Page<DifferenceRow>> RowsAsync(string name, DifferenceKind kind, params string[] key) =>
        _database.Get<DifferenceService>().RowsAsync(new(name, 2), 1, key, kind, new(), default);
}
