using System.Globalization;
using DuckDB.NET.Data;

namespace Nexus.Data.Datasets.Differences;

/// <summary>Reads the rows that an index names.</summary>
internal sealed class DifferenceReader(TableEngine tables, VersionPair pair, IReadOnlyList<string> key)
{
    private const int MaxText = 1000;
    private const int MaxCells = 200_000;

    public async Task<Page<DifferenceRow>> ReadAsync(string index, DifferenceKind kind, PageRequest page, CancellationToken ct)
    {
        var size = Math.Clamp(MaxCells / Math.Max(1, pair.Now.Columns.Count), 1, page.Size);
        using var connection = tables.Join();
        var found = await PlacesAsync(connection, index, kind, size, After(page.Token), ct);
        var next = found.Count > size ? Keyset.EncodeText(found[size - 1].At.ToString(CultureInfo.InvariantCulture)) : null;
        found = [.. found.Take(size)];
        var before = await CellsAsync(connection, pair.BeforeTable, pair.Before.Columns, found.Select(f => f.Before), ct);
        var now = await CellsAsync(connection, pair.NowTable, pair.Now.Columns, found.Select(f => f.Now), ct);
        var changed = kind == DifferenceKind.Changed ? await ChangedAsync(connection, found, ct) : [];
        return new([.. found.Select(f => Row(f, before, now, changed))], next);
    }

    private static DifferenceRow Row(
        (long At, long? Before, long? Now) place, Dictionary<long, Dictionary<string, object?>> before, Dictionary<long, Dictionary<string, object?>> now, Dictionary<long, List<string>> changed)
    {
        var old = place.Before is { } b ? before[b] : null;
        var current = place.Now is { } n ? now[n] : null;
        List<CellChange> changes = old is null || current is null ? [] : [.. changed[place.At].Select(c => new CellChange(c, old[c], current[c]))];
        return new(place.Now + 1, place.Before + 1, current ?? old!, changes);
    }

    /// <summary>Which columns of each pair of rows have another value: judged on the whole values, of which a page shows the beginning.</summary>
    private async Task<Dictionary<long, List<string>>> ChangedAsync(DuckDBConnection connection, List<(long At, long? Before, long? Now)> found, CancellationToken ct)
    {
        var columns = pair.Common.Except(key, StringComparer.Ordinal).ToList();
        if (found.Count == 0 || columns.Count == 0) return found.ToDictionary(f => f.At, _ => new List<string>());
        var (olds, news) = (found.Select(f => f.Before!.Value).ToList(), found.Select(f => f.Now!.Value).ToList());
        return await TableEngine.QueryAsync(
            connection,
            $"""
            SELECT i.p, {string.Join(", ", columns.Select(c => $"{pair.Value(c, "b.")} IS DISTINCT FROM {pair.Value(c, "n.")}"))}
            FROM (VALUES {string.Join(", ", found.Select(f => $"({f.At}, {f.Before}, {f.Now})"))}) i(p, b, n)
            JOIN (SELECT * FROM {pair.BeforeTable} WHERE {Among(olds)}) b ON b.file_row_number = i.b
            JOIN (SELECT * FROM {pair.NowTable} WHERE {Among(news)}) n ON n.file_row_number = i.n
            """,
            reader =>
            {
                var changed = new Dictionary<long, List<string>>();
                while (reader.Read()) changed[Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture)] = [.. columns.Where((_, i) => reader.GetBoolean(i + 1))];
                return changed;
            },
            ct);
    }

    private static string Among(List<long> numbers) => $"file_row_number IN ({string.Join(", ", numbers)})";

    private static long After(string? token) =>
        token is null ? -1
        : long.TryParse(Keyset.DecodeText(token), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at
        : throw Refused.Malformed("pageToken is not a token of this list.");

    private static Task<List<(long At, long? Before, long? Now)>> PlacesAsync(
        DuckDBConnection connection, string index, DifferenceKind kind, int size, long after, CancellationToken ct) => TableEngine.QueryAsync(
        connection,
        $"SELECT place, b, n FROM read_parquet({TableEngine.Literal(index)}) WHERE kind = {(int)kind} AND place > {after} ORDER BY place LIMIT {size + 1}",
        reader =>
        {
            var places = new List<(long At, long? Before, long? Now)>();
            while (reader.Read()) places.Add((reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2)));
            return places;
        },
        ct);

    private static async Task<Dictionary<long, Dictionary<string, object?>>> CellsAsync(
        DuckDBConnection connection, string table, IReadOnlyList<DatasetColumn> columns, IEnumerable<long?> numbers, CancellationToken ct)
    {
        var wanted = numbers.OfType<long>().ToList();
        if (wanted.Count == 0) return [];
        var list = string.Join(", ", columns.Select(c => TableValues.Shown(c, MaxText)));
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT file_row_number, {list} FROM {table} WHERE file_row_number IN ({string.Join(", ", wanted)})",
            reader =>
            {
                var rows = new Dictionary<long, Dictionary<string, object?>>();
                while (reader.Read()) rows[reader.GetInt64(0)] = columns.Select((c, i) => (c.Name, Value: TableValues.Read(reader, i + 1, c.Type))).ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
                return rows;
            },
            ct);
    }
}
