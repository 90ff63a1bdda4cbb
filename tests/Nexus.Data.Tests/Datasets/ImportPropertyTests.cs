using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

/// <summary>What was written is what is previewed, whatever stands in the cells.</summary>
public sealed class ImportPropertyTests : IAsyncLifetime
{
    // Commas, quotes, line ends, blanks and what looks like a value of another type, more often than chance would have them.
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[OneOf(',', '"', '\n', '\r', ' ', ';', '\t', '|', 'a', 'é', '€', '\\', '\''), 0, 6],
        OneOf("", "x", "007", "1.5", "true", "NaN", "2020-02-30", "2020-01-01", "null", "NA", "-", "😀", "\"\"", "'; DROP TABLE t; --"));

    private static readonly Gen<(long? I, double? N, bool? B, DateTime? T, string[] S)> Rows = Gen.Select(
        Gen.Long.Nullable(),
        Gen.Double.Where(double.IsFinite).Nullable(),
        Gen.Bool.Nullable(),
        Gen.DateTime[new DateTime(1, 1, 1), new DateTime(9999, 12, 31)].Select(t => new DateTime(t.Ticks / 10_000_000 * 10_000_000)).Nullable(),
        Texts.Array[2]);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public Task Csv_comes_back_cell_for_cell() => Rows.Array[1, 12].SampleAsync(
        async rows =>
        {
            var text = new StringBuilder("i,n,b,t,s,u\n");
            foreach (var row in rows)
                text.AppendLine(CultureInfo.InvariantCulture, $"{row.I},{row.N:R},{row.B},{row.T:yyyy-MM-ddTHH:mm:ssZ},{Quoted(row.S[0])},{Quoted(row.S[1])}");

            await _database.ImportAsync("csv", text.ToString(), types: Types);

            // An empty field is a missing value in CSV, quoted or not.
            (await _database.RowsAsync("csv")).ShouldBe(rows.Select(row => Cells(row, s => s.Length == 0 ? null : s)));
        },
        iter: 20, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public Task Ndjson_comes_back_cell_for_cell() => Rows.Array[1, 12].SampleAsync(
        async rows =>
        {
            var text = string.Concat(rows.Select(row => JsonSerializer.Serialize(
                new { i = row.I, n = row.N, b = row.B, t = row.T?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), s = row.S[0], u = row.S[1] }) + "\n"));

            await _database.ImportAsync("ndjson", text, ImportFormats.Ndjson, Types);

            (await _database.RowsAsync("ndjson")).ShouldBe(rows.Select(row => Cells(row, s => s)));
        },
        iter: 20, threads: 1, seed: "0N0XIzNsQ0O2");

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Dictionary<string, string> Types => new()
    {
        ["i"] = ColumnTypes.Integer,
        ["n"] = ColumnTypes.Number,
        ["b"] = ColumnTypes.Boolean,
        ["t"] = ColumnTypes.Timestamp,
        ["s"] = ColumnTypes.Text,
        ["u"] = ColumnTypes.Text,
    };

    private static object?[] Cells((long? I, double? N, bool? B, DateTime? T, string[] S) row, Func<string, string?> text) =>
        [row.I, row.N, row.B, row.T?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), text(row.S[0]), text(row.S[1])];

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
