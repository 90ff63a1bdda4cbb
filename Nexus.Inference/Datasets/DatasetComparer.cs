using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;
using Nexus.Inference.Monitoring;

namespace Nexus.Inference.Datasets;

/// <summary>Says what changed between two versions of a dataset. Versions do not change, so an answer is kept and given again.</summary>
public sealed class DatasetComparer(DatasetCatalog catalog, TableEngine tables, TableTurns turns, BlobStore blobs, IOptions<MonitoringOptions> options)
{
    private const int Kept = 64;

    /// <summary>Below this share of rows that both versions have, all rows are compared.</summary>
    private const double SameShare = 0.1;
    private readonly ConcurrentDictionary<(string Before, string Now), DatasetComparison> _kept = new();

    /// <param name="against">Another version of the same dataset.</param>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<DatasetComparison> CompareAsync(DatasetRef dataset, int against, CancellationToken ct)
    {
        var now = await catalog.GetAsync(dataset, ct);
        var before = await catalog.GetAsync(new(dataset.Name, against), ct);
        // By content: a dataset that was removed and made anew has the same names and numbers, and the same content may have others.
        var pair = (before.ParquetDigest, now.ParquetDigest);
        if (!_kept.TryGetValue(pair, out var comparison))
        {
            comparison = await turns.WorkAsync($"comparison {pair.Item1} {pair.Item2}", within => CompareAsync(before, now, within), ct);
            if (_kept.Count >= Kept) _kept.Clear();
            _kept[pair] = comparison;
        }

        return comparison with { Name = now.Name, Version = now.Version, Against = against };
    }

    private async Task<DatasetComparison> CompareAsync(DatasetVersionView before, DatasetVersionView now, CancellationToken ct)
    {
        var profileBefore = (await catalog.ProfileAsync(new(before.Name, before.Version), ct)).ToDictionary(c => c.Name, StringComparer.Ordinal);
        var profileNow = await catalog.ProfileAsync(new(now.Name, now.Version), ct);
        var common = profileNow.Select(c => profileBefore.TryGetValue(c.Name, out var b) ? ComparedColumn.Of(b, c) : null).OfType<ComparedColumn>().ToList();
        var judged = common.Count == 0 ? ([], now.Rows, false) : await JudgeAsync(before, now, common, ct);
        var byName = judged.Item1.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var gone = profileBefore.Keys.Except(profileNow.Select(c => c.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new(
            now.Name, now.Version, before.Version, now.Rows, before.Rows, judged.Item2, judged.Item3,
            [
                .. profileNow.Select(c => byName.GetValueOrDefault(c.Name) ?? new(c.Name, profileBefore.ContainsKey(c.Name) ? ColumnChangeKind.Retyped : ColumnChangeKind.Added)),
                .. gone.Select(name => new ColumnChange(name, ColumnChangeKind.Removed)),
            ]);
    }

    private async Task<(IReadOnlyList<ColumnChange> Changes, long ComparedRows, bool NewRowsOnly)> JudgeAsync(
        DatasetVersionView before, DatasetVersionView now, List<ComparedColumn> common, CancellationToken ct)
    {
        using var connection = tables.Open();
        await TableEngine.ExecuteAsync(connection, "SET parquet_metadata_cache = true", ct);
        var counter = new VersionCounter(connection, await blobs.FetchAsync(before.ParquetDigest, ct), await blobs.FetchAsync(now.ParquetDigest, ct), ct);
        var columns = await counter.WithEdgesAsync(common, before.Rows);
        var counted = await counter.CountBeforeAsync(columns, before.Rows);
        var whole = await counter.CountNowAsync(columns, now.Rows);
        List<string> alike = [.. common.Where(c => c.Before.Type == c.Now.Type).Select(c => c.Name)];
        var same = alike.Count == common.Count ? await counter.MatchAsync(alike, before.Rows, now.Rows) : null;
        if (same is not { } kept || kept < SameShare * before.Rows) return (DriftJudge.Judge(columns, counted, whole, whole, options.Value.EffectFloor), now.Rows, false);
        var added = now.Rows - kept;
        var compared = await counter.CountNewAsync(columns, added);
        return (DriftJudge.Judge(columns, counted, compared, whole, options.Value.EffectFloor), added, true);
    }
}
