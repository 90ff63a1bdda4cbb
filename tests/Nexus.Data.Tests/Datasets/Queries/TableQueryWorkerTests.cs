using System.Text;
using System.Text.Json;
using Nexus.Data.Datasets;
using Nexus.Data.Datasets.Queries;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets.Queries;

/// <summary>What the worker lets through and what it answers; its process is tested with the portal.</summary>
public sealed class TableQueryWorkerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nexus-query-").FullName;
    private readonly string _parquet;

    public TableQueryWorkerTests()
    {
        _parquet = Path.Combine(_directory, "one");
        File.WriteAllText(Path.Combine(_directory, "secret.csv"), "a,b\n1,2\n");
        using var connection = new DuckDB.NET.Data.DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT i AS id, i % 3 AS k, 'ä' || i AS s, i / 4.0 AS x, TIMESTAMP '2020-01-01' + INTERVAL (i) HOUR AS t FROM range(1000) r(i)) TO {TableEngine.Literal(_parquet)} (FORMAT parquet)";
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_select_answers_columns_with_types_and_cells_as_they_are()
    {
        var answer = Ask("SELECT id, s, t, id > 0 AS \"above\", sum(id) OVER () AS total, [1, 2] AS list, NULL AS none, 'nan'::DOUBLE AS odd FROM data ORDER BY id LIMIT 1; -- the first");

        answer.GetProperty("columns").ToString().ShouldBe(
            """[{"name":"id","type":"BIGINT"},{"name":"s","type":"VARCHAR"},{"name":"t","type":"TIMESTAMP"},{"name":"above","type":"BOOLEAN"},{"name":"total","type":"HUGEINT"},{"name":"list","type":"INTEGER[]"},{"name":"none","type":"INTEGER"},{"name":"odd","type":"DOUBLE"}]""");
        JsonSerializer.Serialize(answer.GetProperty("rows"), Relaxed).ShouldBe("""[[0,"ä0","2020-01-01 00:00:00",false,499500,"[1, 2]",null,"NaN"]]""");
        answer.GetProperty("truncated").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("FROM data")]
    [InlineData("WITH a AS (SELECT id FROM data) SELECT count(*) FROM a")]
    [InlineData("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT * FROM t")]
    [InlineData("DESCRIBE data")]
    [InlineData("SUMMARIZE data")]
    [InlineData("SHOW TABLES")]
    [InlineData("VALUES (1), (2)")]
    [InlineData("EXPLAIN SELECT * FROM data")]
    [InlineData("explain /* why */ analyze SELECT count(*) FROM data")]
    [InlineData("SELECT * FROM data d JOIN \"one-more\" o USING (id)")]
    [InlineData("SELECT a.id, b.id FROM data a, generate_series(1, 3) b(id)")]
    [InlineData("SELECT id, id FROM data UNION ALL SELECT 1, 2")]
    [InlineData("SELECT * EXCLUDE (s) FROM v1 QUALIFY row_number() OVER (PARTITION BY k ORDER BY id) = 1")]
    public void Reading_statements_are_answered(string sql) => Ask(sql).TryGetProperty("rows", out _).ShouldBeTrue();

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM 'secret.csv'")]
    [InlineData("SELECT * FROM \"secret.csv\"")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('one')")]
    [InlineData("SELECT * FROM glob('*')")]
    [InlineData("SELECT * FROM read_parquet('https://example.org/x.parquet')")]
    [InlineData("COPY data TO 'out.csv'")]
    [InlineData("COPY (SELECT 1) TO 'one'")]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO 'out.csv'")]
    [InlineData("EXPORT DATABASE 'out'")]
    [InlineData("ATTACH 'x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("PRAGMA database_list")]
    [InlineData("SET memory_limit = '8GB'")]
    [InlineData("RESET memory_limit")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT sql FROM duckdb_views")]
    [InlineData("SELECT * FROM information_schema.tables")]
    [InlineData("WITH duckdb_views AS (SELECT 1) SELECT * FROM (SELECT 1), duckdb_views")]
    [InlineData("SELECT current_setting('allowed_paths')")]
    [InlineData("SELECT * FROM enable_logging(storage = 'file', storage_path = 'logs')")]
    [InlineData("SELECT * FROM query('SELECT 1')")]
    [InlineData("SELECT * FROM query_table('data')")]
    [InlineData("CALL enable_logging()")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("CREATE MACRO f() AS 1")]
    [InlineData("INSERT INTO data VALUES (1)")]
    [InlineData("DROP VIEW data")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO 'out.csv'")]
    [InlineData("EXPLAIN SELECT 1; DROP VIEW data")]
    [InlineData("CREATE SECRET s (TYPE s3)")]
    [InlineData("BEGIN TRANSACTION")]
    [InlineData("CHECKPOINT")]
    [InlineData("VACUUM")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("USE memory")]
    [InlineData("DETACH memory")]
    [InlineData("SELECT $1")]
    [InlineData("")]
    [InlineData("-- nothing")]
    [InlineData("EXPLAIN")]
    public void Whatever_else_is_refused_and_leaves_nothing_behind(string sql)
    {
        var before = Directory.GetFileSystemEntries(_directory).Order().ToArray();

        Ask(sql).GetProperty("error").GetString()!.ShouldNotBeEmpty();

        Directory.GetFileSystemEntries(_directory).Order().ShouldBe(before);
    }

    [Theory]
    [InlineData("SELEC 1", 1, 1)]
    [InlineData("SELECT id,\n  'ä', wrong\nFROM data", 2, 8)]
    [InlineData("SELECT *\nFROM read_csv('x')", 2, 6)]
    [InlineData("SELECT *\n FROM nowhere", 2, 7)]
    [InlineData("EXPLAIN SELEC 1", 1, 9)]
    public void A_fault_is_named_at_its_line_and_column(string sql, int line, int column)
    {
        var answer = Ask(sql);

        (answer.GetProperty("line").GetInt32(), answer.GetProperty("column").GetInt32()).ShouldBe((line, column), answer.ToString());
    }

    [Fact]
    public void No_answer_or_fault_tells_where_the_files_lie()
    {
        foreach (var sql in new[] { "SELECT s::INTEGER FROM data", "SELECT * FROM data WHERE nothing = 1" })
            Ask(sql).ToString().ShouldNotContain(_directory);
    }

    [Fact]
    public void Rows_and_texts_beyond_the_bounds_are_cut_and_the_answer_says_so()
    {
        var rows = Ask("FROM data", maxRows: 10);
        var text = Ask("SELECT repeat('x', 10000)");
        var bytes = Ask("SELECT repeat('x', 4000) FROM data", maxBytes: 100_000);

        (rows.GetProperty("rows").GetArrayLength(), rows.GetProperty("truncated").GetBoolean()).ShouldBe((10, true));
        (text.GetProperty("rows")[0][0].GetString()!.Length, text.GetProperty("truncated").GetBoolean()).ShouldBe((5001, true));
        bytes.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        bytes.GetProperty("rows").GetArrayLength().ShouldBeInRange(20, 30);
        Ask("FROM data LIMIT 10", maxRows: 10).GetProperty("truncated").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("SELECT count(*) FROM range(1000000000000)")]
    [InlineData("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t")]
    [InlineData("SELECT count(*) FROM data a, data b, data c, data d WHERE a.id + b.id + c.id + d.id = -1")]
    public void What_does_not_end_is_stopped_in_time(string sql)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Ask(sql, timeoutMs: 300).GetProperty("error").GetString()!.ShouldContain("stopped after 0.3 s");

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_needs_more_memory_than_allowed_is_refused() =>
        Ask("SELECT string_agg(repeat(s, 1000), '') FROM data, range(100)").GetProperty("error").GetString()!.ShouldContain("256 MB of memory");

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonElement Ask(string sql, int maxRows = 1000, int timeoutMs = 20_000, int maxBytes = 2_000_000)
    {
        var path = Path.GetRelativePath(Directory.GetCurrentDirectory(), _parquet);
        var spill = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_directory, "spill"));
        var tables = new Dictionary<string, string> { ["data"] = path, ["v1"] = path, ["one-more"] = path };
        var answer = TableQueryWorker.Answer(new(sql, tables, spill, 256, 256, 2, maxRows, maxBytes, timeoutMs));
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(answer.Span));
    }
}
