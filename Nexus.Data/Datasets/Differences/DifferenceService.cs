using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets.Differences;

/// <summary>
/// How the rows of two versions of a dataset differ. What was found is kept in files of the node, for versions do not change; the oldest
/// give way.
/// </summary>
public sealed class DifferenceService(DatasetCatalog catalog, TableEngine tables, TableTurns turns, BlobStore blobs, IOptions<NexusOptions> options)
{
    private const int Kept = 64;
    private const int MaxKey = 8;
    private readonly string _folder = options.Value.PathOf(Path.Combine("cache", "differences"));

    /// <param name="against">Another version of the dataset.</param>
    /// <param name="key">Columns of both versions that no two rows share; empty to compare whole rows.</param>
    /// <exception cref="RefusedException">NotFound; Invalid, where the key is none.</exception>
    public async Task<DatasetDifference> SummaryAsync(DatasetRef dataset, int against, IReadOnlyList<string> key, CancellationToken ct) =>
        (await FindAsync(await PairAsync(dataset, against, key, ct), key, ct)).Summary;

    /// <summary>Columns, or pairs of columns, that no two rows share in either version; at most three, the likeliest first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> SuggestKeysAsync(DatasetRef dataset, int against, CancellationToken ct)
    {
        var pair = await PairAsync(dataset, against, [], ct);
        var file = SuggestionsOf(pair);
        return File.Exists(file) ? await SuggestedAsync(pair, ct) : await turns.WorkAsync($"keys {file}", within => SuggestedAsync(pair, within), ct);
    }

    /// <summary>Rows that differ, by their number.</summary>
    /// <exception cref="RefusedException">NotFound; Invalid, where the key is none; Malformed.</exception>
    public async Task<Page<DifferenceRow>> RowsAsync(
        DatasetRef dataset, int against, IReadOnlyList<string> key, DifferenceKind kind, PageRequest page, CancellationToken ct)
    {
        var pair = await PairAsync(dataset, against, key, ct);
        var (_, file) = await FindAsync(pair, key, ct);
        return await new DifferenceReader(tables, pair, key).ReadAsync(file, kind, page, ct);
    }

    private async Task<VersionPair> PairAsync(DatasetRef dataset, int against, IReadOnlyList<string> key, CancellationToken ct)
    {
        var now = await catalog.GetAsync(dataset, ct);
        var before = await catalog.GetAsync(new(dataset.Name, against), ct);
        var pair = new VersionPair(before, now, await blobs.FetchAsync(before.ParquetDigest, ct), await blobs.FetchAsync(now.ParquetDigest, ct));
        if (key.Count > MaxKey) throw Refused.Invalid("key", $"A key has at most {MaxKey} columns.");
        foreach (var column in key)
        {
            if (!pair.Common.Contains(column, StringComparer.Ordinal)) throw Refused.Invalid("key", $"Versions {against} and {now.Version} have no common column '{column}'.");
        }

        return pair;
    }

    private async Task<(DatasetDifference Summary, string Index)> FindAsync(VersionPair pair, IReadOnlyList<string> key, CancellationToken ct)
    {
        var file = FileOf(pair, key);
        var (index, json) = (file + ".parquet", file + ".json");
        if (File.Exists(json) && File.Exists(index)) return (Named(CanonicalJson.Read<DatasetDifference>(await File.ReadAllTextAsync(json, ct)), pair), index);
        var made = await turns.WorkAsync(
            $"difference {file}",
            async within =>
            {
                Directory.CreateDirectory(_folder);
                MakeRoom();
                var summary = await MakeAsync(pair, key, index, within);
                await WriteAsync(json, CanonicalJson.Write(summary));
                return summary;
            },
            ct);
        return (Named(made, pair), index);
    }

    private async Task<DatasetDifference> MakeAsync(VersionPair pair, IReadOnlyList<string> key, string index, CancellationToken ct)
    {
        using var connection = tables.Open();
        await TableEngine.ExecuteAsync(connection, "SET parquet_metadata_cache = true", ct);
        await CheckKeyAsync(connection, pair, key, ct);
        var rows = new DifferenceIndex(connection, pair, key, ct);
        var incoming = $"{index}.{Guid.NewGuid():N}";
        await rows.WriteAsync(incoming);
        var (added, removed, changed) = await DifferenceIndex.CountAsync(connection, incoming, ct);
        var columns = key.Count == 0 ? [] : await rows.ChangesAsync(incoming, changed);
        File.Move(incoming, index, overwrite: true);
        return new(
            pair.Now.Name, pair.Now.Version, pair.Before.Version, pair.Now.Rows, pair.Before.Rows, key,
            added, removed, key.Count == 0 ? null : changed, pair.Now.Rows - added - changed, columns,
            [.. pair.Now.Columns.Where(c => !pair.Common.Contains(c.Name, StringComparer.Ordinal))],
            [.. pair.Before.Columns.Where(c => !pair.Common.Contains(c.Name, StringComparer.Ordinal))],
            [
                .. pair.Common.Select(c => new RetypedColumn(c, VersionPair.TypeOf(pair.Before, c), VersionPair.TypeOf(pair.Now, c))).Where(c => c.Before != c.Now),
            ],
            await SuggestedAsync(pair, ct)); // within this piece's own turn
    }

    private static async Task CheckKeyAsync(DuckDB.NET.Data.DuckDBConnection connection, VersionPair pair, IReadOnlyList<string> key, CancellationToken ct)
    {
        if (key.Count == 0) return;
        foreach (var (version, table) in new[] { (pair.Before, pair.BeforeTable), (pair.Now, pair.NowTable) })
        {
            if (await KeyFinder.RepeatsAsync(connection, table, key, ct) is var repeats and > 0)
                throw Refused.Invalid("key", $"{string.Join(", ", key)} does not tell the rows apart: in version {version.Version}, {repeats:N0} {(repeats == 1 ? "value stands" : "values stand")} in more than one row. Take more columns, or none to compare whole rows.");
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> SuggestedAsync(VersionPair pair, CancellationToken ct)
    {
        var file = SuggestionsOf(pair);
        if (File.Exists(file)) return CanonicalJson.Read<string[][]>(await File.ReadAllTextAsync(file, ct));
        var found = await SuggestAsync(pair, ct);
        Directory.CreateDirectory(_folder);
        await WriteAsync(file, CanonicalJson.Write(found));
        return found;
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> SuggestAsync(VersionPair pair, CancellationToken ct)
    {
        var before = await catalog.ProfileAsync(new(pair.Before.Name, pair.Before.Version), ct);
        var now = await catalog.ProfileAsync(new(pair.Now.Name, pair.Now.Version), ct);
        using var connection = tables.Open();
        return await KeyFinder.FindAsync(connection, pair, before, now, ct);
    }

    // The same content may be versions of other names and numbers.
    private static DatasetDifference Named(DatasetDifference kept, VersionPair pair) =>
        kept with { Name = pair.Now.Name, Version = pair.Now.Version, Against = pair.Before.Version };

    private string SuggestionsOf(VersionPair pair) => FileOf(pair, ["suggested"]) + ".keys.json";

    private string FileOf(VersionPair pair, IReadOnlyList<string> key) => Path.Combine(
        _folder, CanonicalJson.Digest(CanonicalJson.Write(new { before = pair.Before.ParquetDigest, now = pair.Now.ParquetDigest, key })));

    private static async Task WriteAsync(string file, string text)
    {
        var incoming = $"{file}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(incoming, text, CancellationToken.None);
        File.Move(incoming, file, overwrite: true);
    }

    private void MakeRoom()
    {
        foreach (var old in new DirectoryInfo(_folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).Skip(3 * Kept)) old.Delete();
    }
}
