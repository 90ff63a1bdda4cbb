using System.Collections.Concurrent;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;

namespace Nexus.Inference.Datasets;

/// <summary>
/// How strongly a version's columns hang together, over a bounded sample that DuckDB draws by a fixed hash of the rows' numbers. The
/// pairs are computed here: as 20,000 aggregates of one statement the engine takes longer to plan them than this takes.
/// </summary>
public sealed class CorrelationService(DatasetCatalog catalog, TableEngine tables, TableTurns turns, BlobStore blobs)
{
    private const int MaxColumns = 200;
    private const int MaxRows = 10_000;

    /// <summary>Text of more distinct values is no category.</summary>
    private const long Categories = 200;

    /// <summary>Categories beyond the most frequent are taken together.</summary>
    private const int OwnCodes = 50;
    private const int Kept = 32;
    private readonly ConcurrentDictionary<string, CorrelationReport> _kept = new(StringComparer.Ordinal);

    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<CorrelationReport> OfAsync(DatasetRef dataset, CancellationToken ct)
    {
        var version = await catalog.GetAsync(dataset, ct);
        if (_kept.TryGetValue(version.ParquetDigest, out var known)) return known;
        var report = await turns.WorkAsync($"correlations {version.ParquetDigest}", within => ComputeAsync(version, within), ct);
        if (_kept.Count >= Kept) _kept.Clear();
        return _kept[version.ParquetDigest] = report;
    }

    private async Task<CorrelationReport> ComputeAsync(DatasetVersionView version, CancellationToken ct)
    {
        var profile = await catalog.ProfileAsync(new(version.Name, version.Version), ct);
        List<ColumnProfile> taken = [.. profile.Where(IsTaken).Take(MaxColumns)];
        List<SampledColumn> sample = taken.Count < 2 ? [] : await DrawAsync(version, taken, ct);
        var pairs = await Task.Run(() => Pairs(sample, ct), ct);
        var names = taken.Select(c => c.Name).ToList();
        var rows = sample.Count == 0 ? 0 : sample[0].Numbers?.Length ?? sample[0].Codes!.Length;
        return new(version.Rows, rows, names, [.. profile.Select(c => c.Name).Except(names, StringComparer.Ordinal)], pairs);
    }

    private static bool IsTaken(ColumnProfile column) =>
        column.Distinct >= 2 && (ColumnTypes.IsNumeric(column.Type) || ColumnTypes.IsTime(column.Type) || column.Type == ColumnTypes.Boolean || column.Distinct <= Categories);

    private static bool IsNumber(ColumnProfile column) => ColumnTypes.IsNumeric(column.Type) || ColumnTypes.IsTime(column.Type);

    private async Task<List<SampledColumn>> DrawAsync(DatasetVersionView version, List<ColumnProfile> columns, CancellationToken ct)
    {
        var list = string.Join(", ", columns.Select(column =>
        {
            var c = TableEngine.Identifier(column.Name);
            return ColumnTypes.IsTime(column.Type) ? $"CAST(epoch_us(CAST({c} AS TIMESTAMP)) AS DOUBLE)"
                : ColumnTypes.IsNumeric(column.Type) ? $"CAST({c} AS DOUBLE)"
                : $"left(CAST({c} AS VARCHAR), 200)";
        }));
        var one = (version.Rows + MaxRows - 1) / MaxRows;
        var drawn = one <= 1 ? "" : $" WHERE hash(file_row_number) % {one} = 0";
        var file = await blobs.FetchAsync(version.ParquetDigest, ct);
        using var connection = tables.Open();
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {list} FROM read_parquet({TableEngine.Literal(file)}, file_row_number = true){drawn} LIMIT {2 * MaxRows}",
            reader =>
            {
                var cells = columns.Select(c => (Numbers: IsNumber(c) ? new List<double>(MaxRows) : null, Texts: IsNumber(c) ? null : new List<string?>(MaxRows))).ToList();
                while (reader.Read())
                {
                    for (var i = 0; i < cells.Count; i++)
                    {
                        if (cells[i].Numbers is { } numbers) numbers.Add(reader.IsDBNull(i) ? double.NaN : reader.GetDouble(i));
                        else cells[i].Texts!.Add(reader.IsDBNull(i) ? null : reader.GetString(i));
                    }
                }

                return columns.Select((c, i) => new SampledColumn(c.Name, cells[i].Numbers?.ToArray(), cells[i].Texts is { } texts ? Codes(texts) : null)).ToList();
            },
            ct);
    }

    private static int[] Codes(List<string?> texts)
    {
        var codes = texts.OfType<string>().CountBy(t => t).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal)
            .Select((t, i) => (t.Key, Code: Math.Min(i, OwnCodes))).ToDictionary(t => t.Key, t => t.Code, StringComparer.Ordinal);
        return [.. texts.Select(t => t is null ? -1 : codes[t])];
    }

    private static List<CorrelationPair> Pairs(List<SampledColumn> sample, CancellationToken ct)
    {
        var pairs = new List<CorrelationPair>();
        for (var i = 0; i < sample.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            for (var j = i + 1; j < sample.Count; j++)
            {
                if (sample[i].With(sample[j]) is { } pair) pairs.Add(pair);
            }
        }

        return [.. pairs.OrderByDescending(p => p.Strength).ThenBy(p => p.First, StringComparer.Ordinal).ThenBy(p => p.Second, StringComparer.Ordinal)];
    }
}
