using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

/// <summary>A broken file is refused at its place, and leaves nothing behind.</summary>
public sealed class BrokenFileTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("\n\n", 1, 1, "empty")]
    [InlineData("a,b\n1,2\n3\n", 3, 2, "1 fields")]
    [InlineData("a,b\n1,2,3\n", 2, 5, "3 fields")]
    [InlineData("a,b\n\"x\ny\nz\",2\n1,2,3\n", 5, 5, "3 fields")]
    [InlineData("a,b\r\n\"x\r\ny\",2\r\n1,2,3\r\n", 4, 5, "3 fields")]
    [InlineData("a,b\n1,\"x\n", 2, 3, "never closes")]
    [InlineData("a,b\n1,\"x\"y\n", 2, 6, "closing quote")]
    [InlineData("a,b\n\"1\n\"2,x\n", 3, 2, "closing quote")]
    [InlineData("a,a\n1,2\n", 1, 3, "same name")]
    [InlineData("ä,\"Ä\"\n1,2\n", 1, 3, "case")]
    [InlineData("a,b\n1,x\0y\n", 2, 4, "NUL")]
    [InlineData("a,file_row_number\n1,2\n", 1, 3, "file_row_number")]
    public async Task Csv_that_is_broken_is_refused_at_its_place(string text, int line, int column, string word) =>
        await RefusedAsync(Encoding.UTF8.GetBytes(text), ImportFormats.Csv, null, line, column, word);

    [Theory]
    [InlineData("a,b\n\"é\nü\",\"x\"\n", "a", "integer", 2, 1, "integer")]
    [InlineData("a,b\n1,2\nüü,1.5\n", "b", "integer", 3, 4, "'1.5' is no integer")]
    [InlineData("a,b\n\"x\ny\",1\nz,yes\n", "b", "boolean", 4, 3, "'yes'")]
    [InlineData("a,b\n1,2020-02-30\n", "b", "date", 2, 3, "2020-02-30")]
    [InlineData("a,b\n1,2\n", "c", "text", null, null, "no column 'c'")]
    [InlineData("a,b\n1,2\n", "b", "float", null, null, "no type")]
    public async Task Csv_that_does_not_fit_the_types_asked_for_is_refused_at_its_place(
        string text, string name, string type, int? line, int? column, string word) =>
        await RefusedAsync(Encoding.UTF8.GetBytes(text), ImportFormats.Csv, new() { [name] = type }, line, column, word);

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("{\"a\":1}\n[1]\n", 2, 1, "one JSON object")]
    [InlineData("{\"a\":1}\n{\"a\":}\n", 2, 6, "no JSON object")]
    [InlineData("{\"ü\":1, x}\n", 1, 9, "no JSON object")]
    [InlineData("{\"a\":1}{\"a\":2}\n", 1, 8, "")]
    [InlineData("{\"a\":1,\"a\":2}\n", 1, 8, "twice")]
    [InlineData("{\"a\":1}\n{\"A\":2}\n", 2, 2, "case")]
    [InlineData("{\"a\":1e999}\n", 1, 6, "range")]
    [InlineData("{\"a\":\"\\ud800\"}\n", 1, 6, "surrogate")]
    [InlineData("{}\n{}\n", 1, 1, "no columns")]
    [InlineData("{\"a\":1}\n{\"a\":1", 2, 7, "no JSON object")]
    public async Task Ndjson_that_is_broken_is_refused_at_its_place(string text, int line, int column, string word) =>
        await RefusedAsync(Encoding.UTF8.GetBytes(text), ImportFormats.Ndjson, null, line, column, word);

    [Fact]
    public async Task Ndjson_that_does_not_fit_the_types_asked_for_is_refused_at_its_place() =>
        await RefusedAsync("{\"a\":1}\n{\"a\":\"x\"}\n"u8.ToArray(), ImportFormats.Ndjson, new() { ["a"] = "integer" }, 2, 6, "no integer");

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused_at_its_byte()
    {
        await RefusedAsync([.. "a,b\nü,"u8, 0xE4, (byte)'\n'], ImportFormats.Csv, null, 2, 3, "0xE4");
        await RefusedAsync(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a,b\n1,2\n")).ToArray(), ImportFormats.Csv, null, 1, 1, "UTF-16");
        await RefusedAsync([.. "{\"a\":\""u8, 0xFF, .. "\"}\n"u8], ImportFormats.Ndjson, null, 1, 7, "0xFF");
    }

    [Theory]
    [InlineData(ImportFormats.Csv)]
    [InlineData(ImportFormats.Ndjson)]
    [InlineData(ImportFormats.Parquet)]
    public async Task Junk_is_refused_in_every_format(string format)
    {
        var junk = new byte[200_000];
        new Random(7).NextBytes(junk);

        await RefusedAsync(junk, format, null, null, null, "");
    }

    [Fact]
    public async Task Too_many_columns_are_refused_at_the_first_too_many()
    {
        var header = string.Join(',', Enumerable.Range(0, 4097).Select(i => $"c{i}"));

        await RefusedAsync(Encoding.UTF8.GetBytes(header + "\n1\n"), ImportFormats.Csv, null, 1, header.LastIndexOf(',') + 2, "4,096");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_where_it_begins()
    {
        var longText = new string('ü', 100_001);
        await RefusedAsync(Encoding.UTF8.GetBytes($"a,b\n1,{longText}\n"), ImportFormats.Csv, null, 2, 3, "100,000");
        await RefusedAsync(Encoding.UTF8.GetBytes($"{{\"a\":\"{longText}\"}}\n"), ImportFormats.Ndjson, null, 1, 6, "100,000");
        await RefusedAsync(await _database.ParquetAsync("SELECT repeat('x', 100001) AS a"), ImportFormats.Parquet, null, 1, 1, "100,000");
        (await _database.ImportAsync("fits", $"a,b\n1,{longText[1..]}\n")).Rows.ShouldBe(1);
    }

    [Fact]
    public async Task Parquet_that_is_cut_off_or_does_not_fit_is_refused()
    {
        var sound = await _database.ParquetAsync("SELECT range AS a, CASE WHEN range = 41 THEN 'x' ELSE '1' END AS b FROM range(100)");
        await RefusedAsync(sound[..^20], ImportFormats.Parquet, null, 1, 1, "Parquet");
        await RefusedAsync(sound, ImportFormats.Parquet, new() { ["b"] = "integer" }, 42, 2, "'b'");
        await RefusedAsync(await _database.ParquetAsync("SELECT 'x'::BLOB AS a"), ImportFormats.Parquet, null, 1, 1, "BLOB");
    }

    [Fact]
    public async Task Parquet_that_claims_endless_cells_is_too_large_and_leaves_nothing()
    {
        await using var small = await TestDatabase.StartAsync(configure: services => services.Configure<DatasetOptions>(o => o.MaxParquetCells = 100_000));
        var bomb = await small.ParquetAsync("SELECT 1 AS a FROM range(100001)");

        bomb.Length.ShouldBeLessThan(2000);
        (await Should.ThrowAsync<RefusedException>(() => small.ImportAsync("bomb", bomb, ImportFormats.Parquet))).Kind.ShouldBe(RefusalKind.TooLarge);
        small.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task Parquet_that_stands_for_more_texts_than_its_bytes_may_is_too_large_and_leaves_nothing()
    {
        var bomb = await _database.ParquetAsync("SELECT repeat('a', 60000) AS a FROM range(20000)");

        bomb.Length.ShouldBeLessThan(200_000);
        var refused = await Should.ThrowAsync<RefusedException>(() => _database.ImportAsync("bomb", bomb, ImportFormats.Parquet));
        (refused.Kind, refused.Message.Contains("texts", StringComparison.Ordinal)).ShouldBe((RefusalKind.TooLarge, true));
        _database.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_too_large_and_leaves_nothing()
    {
        await using var small = await TestDatabase.StartAsync(configure: services => services.Configure<DatasetOptions>(o => o.MaxBytes = 10));

        (await Should.ThrowAsync<RefusedException>(() => small.ImportAsync("big", "a\n1\n2\n3\n4\n5\n6\n"))).Kind.ShouldBe(RefusalKind.TooLarge);
        small.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_goes_away_leaves_nothing()
    {
        using var gone = new CancellationTokenSource();
        var text = DatasetDrive.Bytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 100_000)));
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            _database.Get<DatasetService>().ImportAsync("gone", text, "csv", "a.csv", null, DatasetDrive.Engineer, gone.Token));
        _database.Blobs().ShouldBeEmpty();
    }

    private async Task RefusedAsync(byte[] bytes, string format, Dictionary<string, string>? types, int? line, int? column, string word)
    {
        var before = _database.Blobs();
        var refused = await Should.ThrowAsync<RefusedException>(() => _database.ImportAsync("broken", bytes, format, types));

        refused.Kind.ShouldBe(RefusalKind.Invalid, refused.Message);
        if (line is not null) (refused.Line, refused.Column).ShouldBe((line, column), refused.Message);
        refused.Message.ShouldContain(word);
        await using var db = _database.Open();
        (await db.Datasets.AnyAsync(d => d.Name == "broken")).ShouldBeFalse();
        _database.Blobs().ShouldBe(before);
    }
}
