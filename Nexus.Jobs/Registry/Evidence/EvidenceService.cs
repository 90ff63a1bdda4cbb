using Nexus.Data.Registry;
using Nexus.Data.Storage;
using Nexus.Jobs.Training.Evaluation;

namespace Nexus.Jobs.Registry.Evidence;

/// <summary>Shows what versions answered on labelled rows, one beside another. Bootstraps are seeded: the same question has the same answer.</summary>
public sealed class EvidenceService
{
    /// <summary>A slice of fewer rows tells nothing apart.</summary>
    public const int SmallSlice = 50;

    private const int Seed = 0;
    private readonly ScoredCatalog _catalog;
    private readonly BlobStore _blobs;
    private readonly RecentlyUsed<string, ScoredRows> _rows = new(8);
    private readonly RecentlyUsed<string, ModelEvidence> _evidence = new(16);
    private readonly RecentlyUsed<(string, string), IReadOnlyDictionary<string, MetricEstimate>> _differences = new(64);
    private readonly RecentlyUsed<(string, string?), IReadOnlyList<SliceComparison>> _slices = new(32);

    internal EvidenceService(ScoredCatalog catalog, BlobStore blobs) => (_catalog, _blobs) = (catalog, blobs);

    /// <param name="against">The other version; null for none.</param>
    /// <param name="differences">False leaves them out: they take longer than all else.</param>
    /// <exception cref="Nexus.Data.RefusedException">NotFound.</exception>
    public async Task<ModelComparison> CompareAsync(string model, int version, int? against, CancellationToken ct, bool differences = true)
    {
        var (mine, other) = await FindAsync(model, version, against, ct);
        var paired = mine is not null && other is not null && mine.IsPairedWith(other);
        return new(
            version, against,
            mine is null ? null : await EvidenceAsync(mine, ct),
            other is null ? null : await EvidenceAsync(other, ct),
            paired,
            paired && differences ? await DifferencesAsync(mine!, other!, ct) : new Dictionary<string, MetricEstimate>());
    }

    /// <summary>Per slice, in the order of the evaluation; empty where none were asked for.</summary>
    /// <inheritdoc cref="CompareAsync"/>
    public async Task<IReadOnlyList<SliceComparison>> SlicesAsync(string model, int version, int? against, CancellationToken ct)
    {
        var (mine, other) = await FindAsync(model, version, against, ct);
        if (mine is null) return [];
        var first = await RowsAsync(mine, ct);
        var second = other is null ? null : await RowsAsync(other, ct);
        return await _slices.GetAsync((mine.Scores, other?.Scores), () => Apart<IReadOnlyList<SliceComparison>>(() => Slices(first, second)), ct);
    }

    /// <summary>Every row's answer of the version; null where none are kept.</summary>
    internal async Task<ScoredRows?> RowsAsync(string model, int version, CancellationToken ct) =>
        (await _catalog.FindAsync(model, version, ct)) is [var newest, ..] ? await RowsAsync(newest, ct) : null;

    /// <summary>Where both were measured on the same rows, those; else the newest of each.</summary>
    private async Task<(ScoredSource? Mine, ScoredSource? Other)> FindAsync(string model, int version, int? against, CancellationToken ct)
    {
        var mine = await _catalog.FindAsync(model, version, ct);
        if (against is not { } number) return (First(mine), null);
        var others = await _catalog.FindAsync(model, number, ct);
        foreach (var one in mine)
            if (others.FirstOrDefault(o => o.IsPairedWith(one)) is { } pair) return (one, pair);
        return (First(mine), First(others));
    }

    private static ScoredSource? First(IReadOnlyList<ScoredSource> sources) => sources is [var first, ..] ? first : null;

    private Task<ScoredRows> RowsAsync(ScoredSource source, CancellationToken ct) =>
        _rows.GetAsync(source.Scores, async () => ScoredRows.Read(await _blobs.ReadAsync(source.Scores, CancellationToken.None)), ct);

    private async Task<ModelEvidence> EvidenceAsync(ScoredSource source, CancellationToken ct)
    {
        var rows = await RowsAsync(source, ct);
        return await _evidence.GetAsync(source.Scores, () => Task.Run(() => EvidencePlots.Of(rows, source.Metrics), CancellationToken.None), ct);
    }

    private async Task<IReadOnlyDictionary<string, MetricEstimate>> DifferencesAsync(ScoredSource mine, ScoredSource other, CancellationToken ct)
    {
        var (first, second) = (await RowsAsync(mine, ct), await RowsAsync(other, ct));
        if (!first.IsPairedWith(second)) return new Dictionary<string, MetricEstimate>();
        return await _differences.GetAsync(
            (mine.Scores, other.Scores),
            () => Apart(() => (IReadOnlyDictionary<string, MetricEstimate>)Bootstrap.Difference(first.Metrics(), second.Metrics(), first.Rows, Seed, CancellationToken.None)),
            ct);
    }

    // On a thread of its own, below all others: seconds of bootstrap must not keep requests waiting for a thread.
    private static Task<T> Apart<T>(Func<T> compute)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(compute());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        })
        { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "evidence" }.Start();
        return done.Task;
    }

    private static List<SliceComparison> Slices(ScoredRows mine, ScoredRows? other)
    {
        var paired = other is not null && mine.IsPairedWith(other);
        var found = new List<SliceComparison>();
        foreach (var column in mine.Slices)
        {
            for (var at = 0; at < column.Names.Count; at++)
            {
                var rows = Members(column, at);
                var theirs = paired ? other : null;
                found.Add(new(
                    column.Column, column.Names[at], rows.Length,
                    Bootstrap.Estimate(mine.Metrics(rows), rows.Length, Seed, CancellationToken.None),
                    theirs is null ? Elsewhere(other, column.Column, column.Names[at]) : Bootstrap.Estimate(theirs.Metrics(rows), rows.Length, Seed, CancellationToken.None),
                    theirs is null ? null : Bootstrap.Difference(mine.Metrics(rows), theirs.Metrics(rows), rows.Length, Seed, CancellationToken.None),
                    rows.Length < SmallSlice));
            }
        }

        return found;
    }

    // The same slice among other rows: each for itself, no difference.
    private static Dictionary<string, MetricEstimate>? Elsewhere(ScoredRows? other, string column, string name)
    {
        if (other?.Slices.FirstOrDefault(s => s.Column == column) is not { } slices) return null;
        var at = slices.Names.ToList().IndexOf(name);
        if (at < 0) return null;
        var rows = Members(slices, at);
        return Bootstrap.Estimate(other.Metrics(rows), rows.Length, Seed, CancellationToken.None);
    }

    private static int[] Members(SlicedColumn column, int at) => [.. Enumerable.Range(0, column.Slice.Length).Where(r => column.Slice[r] == at)];
}
