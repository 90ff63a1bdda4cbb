using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;
using Nexus.Data.Storage;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

public sealed class DatasetImportTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Import_infers_every_type_and_keeps_what_inference_would_lose_as_text()
    {
        var version = await _database.ImportAsync("types", """"
            i,n,b,t,d,ts,zip,id,empty,spaced
            1,1.5,true,x,2020-01-31,2020-01-01T00:00:00Z,007,12345678901234567890,, 4
            -2,1e3,FALSE,"a,""b""",2020-02-29,2020-01-01 10:00:00.5+02:00,123,1,,5
            ,,,,,,,,,
            """");

        version.Columns.Select(c => c.Type).ShouldBe(
            ["integer", "number", "boolean", "text", "date", "timestamp", "text", "text", "text", "integer"]);
        var rows = await _database.RowsAsync("types");
        rows[0].ShouldBe([1L, 1.5, true, "x", "2020-01-31", "2020-01-01T00:00:00Z", "007", "12345678901234567890", null, 4L]);
        rows[1].ShouldBe([-2L, 1000.0, false, "a,\"b\"", "2020-02-29", "2020-01-01T08:00:00.500000Z", "123", "1", null, 5L]);
        rows[2].ShouldAllBe(cell => cell == null);
    }

    [Theory]
    [InlineData("\uFEFFa,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("a;b\n1;x\n2;y")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("a|b\r1|x\r2|y\r")]
    [InlineData("\n\na,b\n1,x\r\n\n2,y\n\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n")]
    [InlineData(" a , b \n1,x\n2,y\n")]
    public async Task Import_reads_the_dialects_that_csv_files_have(string text)
    {
        var version = await _database.ImportAsync("dialect", text);

        version.Columns.ShouldBe([new("a", "integer"), new("b", "text")]);
        version.Rows.ShouldBe(2);
        (await _database.RowsAsync("dialect")).ShouldBe([[1L, "x"], [2L, "y"]]);
    }

    [Fact]
    public async Task Import_keeps_quotes_and_line_ends_inside_fields()
    {
        await _database.ImportAsync("quotes", "a,b\n\"line\r\none\",5\" pipe\n\"say \"\"hi\"\"\", \"kept\"\n");

        (await _database.RowsAsync("quotes")).ShouldBe([["line\r\none", "5\" pipe"], ["say \"hi\"", " \"kept\""]]);
    }

    [Fact]
    public async Task Import_names_columns_without_a_name_and_accepts_sql_in_names()
    {
        var version = await _database.ImportAsync("names", ",\"x\"\"; DROP TABLE t; --\",it's,select\n1,2,3,4\n");

        version.Columns.Select(c => c.Name).ShouldBe(["column_1", "x\"; DROP TABLE t; --", "it's", "select"]);
        (await _database.RowsAsync("names")).ShouldBe([[1L, 2L, 3L, 4L]]);
    }

    [Fact]
    public async Task Import_of_a_header_alone_has_no_rows()
    {
        var version = await _database.ImportAsync("header", "a,b\n");

        version.Rows.ShouldBe(0);
        (await _database.RowsAsync("header")).ShouldBeEmpty();
        (await _database.Get<DatasetCatalog>().ProfileAsync(new("header"), default))[0].Rows.ShouldBe(0);
    }

    [Fact]
    public async Task Import_of_4096_columns_is_taken()
    {
        var header = string.Join(',', Enumerable.Range(0, 4096).Select(i => $"c{i}"));
        var row = string.Join(',', Enumerable.Range(0, 4096));

        var version = await _database.ImportAsync("wide", $"{header}\n{row}\n{row}\n");

        version.Columns.Count.ShouldBe(4096);
        (await _database.RowsAsync("wide"))[1][4095].ShouldBe(4095L);
    }

    [Fact]
    public async Task Import_of_ndjson_takes_members_as_columns_and_nested_values_as_json_text()
    {
        var version = await _database.ImportAsync("json", """
            {"a":1,"b":"x","when":"2020-01-01T00:00:00Z"}

            {"b":{"c":[1, 2]},"a":null,"n":2.5,"ok":true}
            {"a":7,"b":12,"n":1}
            """, ImportFormats.Ndjson);

        version.Columns.ShouldBe([new("a", "integer"), new("b", "text"), new("when", "timestamp"), new("n", "number"), new("ok", "boolean")]);
        (await _database.RowsAsync("json")).ShouldBe(
        [
            [1L, "x", "2020-01-01T00:00:00Z", null, null],
            [null, "{\"c\":[1,2]}", null, 2.5, true],
            [7L, "12", null, 1.0, null],
        ]);
    }

    [Fact]
    public async Task Import_of_parquet_maps_its_types()
    {
        var bytes = await _database.ParquetAsync("""
            SELECT 1::TINYINT AS i, 2.5::DECIMAL(9,2) AS n, 'NaN'::DOUBLE AS nan, true AS b, 'x' AS t, DATE '2020-01-02' AS d,
              TIMESTAMPTZ '2020-01-01 02:00:00+02' AS ts, [1, 2] AS list, {'k': 'v'} AS struct, 3::UBIGINT AS u
            """);

        var version = await _database.ImportAsync("parquet", bytes, ImportFormats.Parquet);

        version.Columns.Select(c => c.Type).ShouldBe(["integer", "number", "number", "boolean", "text", "date", "timestamp", "text", "text", "number"]);
        (await _database.RowsAsync("parquet")).ShouldBe([[1L, 2.5, null, true, "x", "2020-01-02", "2020-01-01T00:00:00Z", "[1,2]", "{\"k\":\"v\"}", 3.0]]);
    }

    [Theory]
    [InlineData(ImportFormats.Csv)]
    [InlineData(ImportFormats.Ndjson)]
    [InlineData(ImportFormats.Parquet)]
    public async Task Import_keeps_the_order_of_rows_over_many_row_groups(string format)
    {
        const int Rows = 300_000;
        var bytes = format switch
        {
            ImportFormats.Csv => Encoding.UTF8.GetBytes("n,t\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},x{i}\n"))),
            ImportFormats.Ndjson => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Rows).Select(i => $"{{\"n\":{i},\"t\":\"x{i}\"}}\n"))),
            _ => await _database.ParquetAsync($"SELECT range AS n, 'x' || range AS t FROM range({Rows})"),
        };

        var version = await _database.ImportAsync("order", bytes, format);

        using var connection = _database.Get<TableEngine>().Open();
        var path = await _database.Get<BlobStore>().FetchAsync(version.ParquetDigest, CancellationToken.None);
        var misplaced = await TableEngine.QueryAsync(
            connection,
            $"SELECT count(*), count(*) FILTER (file_row_number <> n OR t <> 'x' || n) FROM read_parquet({TableEngine.Literal(path)}, file_row_number = true)",
            reader => reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : default,
            default);
        misplaced.ShouldBe((Rows, 0L));
    }

    [Fact]
    public async Task Import_of_the_same_content_is_the_same_version_and_of_other_content_the_next()
    {
        var service = _database.Get<DatasetService>();
        var first = await service.ImportAsync("same", DatasetDrive.Bytes("a\n1\n"), "csv", "a.csv", null, DatasetDrive.Engineer, default);
        var again = await service.ImportAsync("same", DatasetDrive.Bytes("a\n1\n"), "csv", "b.csv", null, DatasetDrive.Engineer, default);
        var inferred = await service.ImportAsync("same", DatasetDrive.Bytes("a\n1\n"), "csv", "a.csv", new Dictionary<string, string> { ["a"] = "integer" }, DatasetDrive.Engineer, default);
        var typed = await service.ImportAsync("same", DatasetDrive.Bytes("a\n1\n"), "csv", "a.csv", new Dictionary<string, string> { ["a"] = "text" }, DatasetDrive.Engineer, default);
        var other = await service.ImportAsync("same", DatasetDrive.Bytes("a\n2\n"), "csv", "a.csv", null, DatasetDrive.Engineer, default);

        (first.Created, again.Created, inferred.Created, typed.Created, other.Created).ShouldBe((true, false, false, true, true));
        (again.Version.Version, inferred.Version.Version, typed.Version.Version, other.Version.Version).ShouldBe((1, 1, 2, 3));
        await using var db = _database.Open();
        (await db.LedgerEntries.Where(e => e.Action == "dataset.version-created").Select(e => e.Subject).ToListAsync())
            .ShouldBe(["dataset/same@1", "dataset/same@2", "dataset/same@3"]);
        (await db.LineageEdges.CountAsync(e => e.From == "person/ada" && e.Relation == "made")).ShouldBe(3);
    }

    [Fact]
    public async Task Import_of_identical_uploads_at_once_makes_one_version()
    {
        var service = _database.Get<DatasetService>();
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},x\n"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            service.ImportAsync("race", DatasetDrive.Bytes(text), "csv", "a.csv", null, DatasetDrive.Engineer, default))));

        answers.Count(a => a.Created).ShouldBe(1);
        answers.ShouldAllBe(a => a.Version.Version == 1);
        Directory.GetFiles(Path.Combine(_database.Directory, "blobs", "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_of_different_uploads_at_once_numbers_them_without_a_gap()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => _database.ImportAsync("many", $"a\n{i}\n"))));

        answers.Select(a => a.Version).Order().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task Import_without_the_role_is_forbidden_and_keeps_nothing()
    {
        var viewer = new Actor("eve", new HashSet<Role> { Role.Viewer });

        (await Should.ThrowAsync<RefusedException>(() =>
            _database.Get<DatasetService>().ImportAsync("no", DatasetDrive.Bytes("a\n1\n"), "csv", "a.csv", null, viewer, default))).Kind.ShouldBe(RefusalKind.Forbidden);
        _database.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task Retype_makes_a_version_from_the_same_bytes_and_keeps_earlier_overrides()
    {
        await _database.ImportAsync("retype", "a,b\n1,2\n3,4\n", types: new() { ["a"] = "number" });

        var (version, created) = await _database.Get<DatasetService>()
            .RetypeAsync(new("retype"), new Dictionary<string, string> { ["b"] = "text" }, DatasetDrive.Engineer, default);

        created.ShouldBeTrue();
        version.Version.ShouldBe(2);
        version.Columns.ShouldBe([new("a", "number"), new("b", "text")]);
        (await _database.RowsAsync("retype"))[0].ShouldBe([1.0, "2"]);
        (await _database.Get<DatasetCatalog>().UsesAsync(new("retype", 1), default)).Single().Subject.ShouldBe("dataset/retype@2");
    }
}
