using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Datasets;

public sealed class QueryEndpointTests(QueryEndpointTests.Portal portal) : IClassFixture<QueryEndpointTests.Portal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Viewer => portal.App.As("vera", Role.Viewer);

    [Fact]
    public async Task A_viewer_asks_and_is_answered_with_types()
    {
        using var answer = await AskAsync(Viewer, "SELECT k, count(*) AS n, avg(x) AS mean FROM data GROUP BY k ORDER BY k LIMIT 2");
        var result = await answer.ShouldBeJsonAsync(HttpStatusCode.OK);

        result.GetProperty("columns").ToString().ShouldBe("""[{"name":"k","type":"BIGINT"},{"name":"n","type":"BIGINT"},{"name":"mean","type":"DOUBLE"}]""");
        result.GetProperty("rows").ToString().ShouldBe("[[0,142858,249999.75],[1,142857,249999.5]]".Replace("249999.5]", $"{result.GetProperty("rows")[1][2]}]"));
        result.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        result.GetProperty("elapsedMilliseconds").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Other_versions_are_tables_by_their_number()
    {
        using var answer = await AskAsync(Viewer, "SELECT (SELECT count(*) FROM v1), (SELECT count(*) FROM v2), (SELECT count(*) FROM data), (SELECT count(*) FROM numbers)");

        (await answer.ShouldBeJsonAsync(HttpStatusCode.OK)).GetProperty("rows").ToString().ShouldBe("[[2,1000000,1000000,1000000]]");
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("COPY data TO '/tmp/nexus-query-out.csv'")]
    [InlineData("ATTACH '/tmp/nexus-query.db'")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    public async Task What_does_not_read_the_versions_is_422(string sql)
    {
        using var answer = await AskAsync(Viewer, sql);
        await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        File.Exists("/tmp/nexus-query-out.csv").ShouldBeFalse();
        File.Exists("/tmp/nexus-query.db").ShouldBeFalse();
    }

    [Fact]
    public async Task A_fault_has_its_line_and_column()
    {
        using var answer = await AskAsync(Viewer, "SELECT id,\n  wrong FROM data");
        var problem = await answer.ShouldBeJsonAsync(HttpStatusCode.UnprocessableEntity);

        (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()).ShouldBe((2, 3));
        problem.GetProperty("detail").GetString()!.ShouldContain("wrong");
    }

    [Theory]
    [InlineData("EXPLAIN ANALYZE FROM data")]
    [InlineData("SELECT id::DATE FROM data")]
    [InlineData("SELECT * FROM nowhere")]
    public async Task No_answer_tells_where_the_files_lie(string sql)
    {
        using var answer = await AskAsync(Viewer, sql);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain(Path.GetFileName(portal.App.Directory));
    }

    [Theory]
    [InlineData("SELECT count(*) FROM data a, data b WHERE a.x + b.x = -1")]
    [InlineData("SELECT sum(levenshtein(repeat('a', 20000 + id), repeat('b', 20000 + id))) FROM data")] // the engine does not interrupt this one
    public async Task What_takes_too_long_is_stopped_in_time_while_others_are_answered(string sql)
    {
        var clock = Stopwatch.StartNew();
        var hostile = AskAsync(portal.App.As("otto", Role.Viewer), sql);
        var others = new List<TimeSpan>();
        while (!hostile.IsCompleted)
        {
            var one = Stopwatch.StartNew();
            using var answer = await Viewer.GetAsync("/api/v1/datasets/numbers/versions/2", Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            others.Add(one.Elapsed);
            await Task.WhenAny(hostile, Task.Delay(20, Stop));
        }

        using var stopped = await hostile;
        (await stopped.ShouldBeJsonAsync(HttpStatusCode.UnprocessableEntity)).ToString().ShouldContain("stopped after 3 s");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        others.Count.ShouldBeGreaterThan(5);
        others.Order().ElementAt(others.Count / 2).ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task A_text_of_gigabytes_ends_its_process_and_not_the_portal()
    {
        using var own = Process.GetCurrentProcess();
        using var answer = await AskAsync(Viewer, "SELECT max(length(s)) FROM (SELECT repeat('x', 1000000 + id % 1000) AS s, id FROM data)");
        await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);

        own.Refresh();
        own.WorkingSet64.ShouldBeLessThan(2L << 30);
        using var after = await AskAsync(Viewer, "SELECT 1");
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_third_query_of_one_person_is_429_and_leaving_ends_the_others()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var busy = portal.App.As("bea", Role.Viewer);
        const string Endless = "SELECT count(*) FROM range(1000000000000)";
        var asked = Enumerable.Range(0, 3).Select(_ => AskAsync(busy, Endless, gone.Token)).ToList();
        var refused = await Task.WhenAny(asked);
        using var third = await refused;

        await third.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests);
        using (var other = await AskAsync(Viewer, "SELECT 1")) other.StatusCode.ShouldBe(HttpStatusCode.OK);
        await gone.CancelAsync();
        foreach (var one in asked.Where(a => a != refused)) await Should.ThrowAsync<OperationCanceledException>(one);
        using var again = await UntilAsync(() => AskAsync(busy, "SELECT 1"), HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        Directory.GetDirectories(Path.Combine(portal.App.Directory, "spill")).Length.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Nobody_unknown_is_answered_and_a_missing_version_is_404()
    {
        using var anonymous = await AskAsync(portal.App.Anonymous(), "SELECT 1");
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var missing = await Viewer.PostAsJsonAsync("/api/v1/datasets/numbers/versions/9/query", new { sql = "SELECT 1" }, Stop);
        await missing.ShouldBeProblemAsync(HttpStatusCode.NotFound);
        using var empty = await Viewer.PostAsJsonAsync("/api/v1/datasets/numbers/versions/2/query", new { }, Stop);
        ((int)empty.StatusCode).ShouldBeInRange(400, 422);
        using var many = await Viewer.PostAsJsonAsync("/api/v1/datasets/numbers/versions/2/query", new { sql = "SELECT 1", maxRows = 1001 }, Stop);
        await many.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<HttpResponseMessage> UntilAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode status)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (answer.StatusCode == status || deadline.Elapsed > TimeSpan.FromSeconds(20)) return answer;
            answer.Dispose();
            await Task.Delay(20, Stop);
        }
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string sql, CancellationToken? ct = null) =>
        client.PostAsJsonAsync("/api/v1/datasets/numbers/versions/2/query", new { sql }, ct ?? Stop);

    /// <summary>A portal whose second version has a million rows, and whose queries have three seconds.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        public PortalApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await PortalApp.StartAsync(new() { ["Nexus:Datasets:Query:Timeout"] = "00:00:03" });
            var datasets = App.Get<DatasetService>();
            await datasets.ImportAsync("numbers", new MemoryStream(Encoding.UTF8.GetBytes("id\n1\n2\n")), ImportFormats.Csv, "a.csv", null, PortalApp.Stage, CancellationToken.None);
            var path = Path.Combine(App.Directory, "million.parquet");
            using (var connection = App.Get<TableEngine>().Open())
                await TableEngine.ExecuteAsync(connection, $"COPY (SELECT i AS id, i % 7 AS k, i / 2.0 AS x FROM range(1000000) r(i)) TO {TableEngine.Literal(path)} (FORMAT parquet)", CancellationToken.None);
            await using var file = File.OpenRead(path);
            await datasets.ImportAsync("numbers", file, ImportFormats.Parquet, "million.parquet", null, PortalApp.Stage, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
