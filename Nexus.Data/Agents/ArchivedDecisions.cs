using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;

namespace Nexus.Data.Agents;

/// <summary>Decisions that have moved to Parquet blobs, read where they lie.</summary>
public sealed class ArchivedDecisions(BlobStore blobs, TableEngine engine)
{
    private const int FilesAtOnce = 8;

    /// <summary>What one page may read of an archive that may be of any length, and in a bucket: files, and how long it goes on to the next ones.</summary>
    internal int FilesPerPage { get; init; } = 64;

    /// <inheritdoc cref="FilesPerPage"/>
    internal TimeSpan TimePerPage { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Those of the ids that are archived; an id's own time says in which files it can be.</summary>
    public async Task<IReadOnlyList<Decision>> FindAsync(NexusDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var (from, to) = (ids.Min(Ids.TimeOf), ids.Max(Ids.TimeOf));
        var archives = await db.DecisionArchives.AsNoTracking().Where(a => a.LastId >= from && a.FirstId <= to)
            .Select(a => new { a.AgentId, a.Digest, a.FirstId, a.LastId }).ToListAsync(ct);
        var found = new List<Decision>();
        foreach (var archive in archives)
        {
            var there = ids.Where(id => Ids.TimeOf(id) is var at && at >= archive.FirstId && at <= archive.LastId).Select(id => TableEngine.Literal(id.ToString("N"))).ToList();
            if (there.Count == 0) continue;
            found.AddRange(await DecisionFile.ReadAsync(engine, archive.AgentId, [await blobs.FetchAsync(archive.Digest, ct)], $"Id IN ({string.Join(", ", there)})", null, ct));
            if (found.Count == ids.Count) break;
        }

        return found;
    }

    /// <summary>
    /// The page of an agent's decisions, newest first, of what the database has and of what has moved. Where a filter finds little in many
    /// files, a page ends where its reading did, with fewer decisions than were asked for, or none, and the token to go on.
    /// </summary>
    /// <param name="hot">The page that the database gives.</param>
    internal async Task<Page<Decision>> ContinueAsync(NexusDb db, Guid agent, DecisionFilter filter, PageRequest page, Page<Decision> hot, CancellationToken ct)
    {
        var before = page.Token is null ? ((DateTimeOffset At, Guid Id)?)null : Keyset.Position(page.Token);
        var archives = db.DecisionArchives.AsNoTracking().Where(a => a.AgentId == agent);
        // Where the database has more, only what is younger than the end of its page.
        if (hot.NextPageToken is not null && hot.Items is [.., var end]) archives = archives.Where(a => a.LastAt >= end.At);
        if (before is { } position) archives = archives.Where(a => a.FirstAt <= position.At);
        if (filter.From is { } from) archives = archives.Where(a => a.LastAt >= from);
        if (filter.To is { } to) archives = archives.Where(a => a.FirstAt < to);
        var files = await archives.OrderByDescending(a => a.LastAt).Select(a => new { a.LastAt, a.Digest }).ToListAsync(ct);
        if (files.Count == 0 || Where(filter, before) is not { } where) return hot;

        var (cold, since) = (new List<Decision>(), Stopwatch.GetTimestamp());
        for (var i = 0; i < files.Count; i += FilesAtOnce)
        {
            // Files are in the order of their youngest: what is yet to come is older than what is there.
            if (cold.Count > page.Size && files[i].LastAt < cold[page.Size].At) break;
            // Nothing unread is younger than the border, which lies before the one of the page before: each page gets on.
            if ((i >= FilesPerPage || (i > 0 && Stopwatch.GetElapsedTime(since) > TimePerPage)) && (before is null || files[i].LastAt < before.Value.At))
                return Until(files[i].LastAt, hot.Items.Concat(cold), page.Size);
            var paths = await Task.WhenAll(files.Skip(i).Take(FilesAtOnce).Select(f => blobs.FetchAsync(f.Digest, ct)));
            cold = Newest(cold.Concat(await DecisionFile.ReadAsync(engine, agent, paths, where, page.Size + 1, ct)), page.Size + 1);
        }

        var merged = Newest(hot.Items.Concat(cold), page.Size + 1);
        var more = merged.Count > page.Size || hot.NextPageToken is not null;
        if (merged.Count > page.Size) merged.RemoveAt(page.Size);
        return new(merged, more ? Keyset.Token(merged[^1].At, merged[^1].Id) : null);
    }

    /// <summary>The page that ends at a time before which not all is known; the next one begins with the decisions of that very time.</summary>
    private static Page<Decision> Until(DateTimeOffset border, IEnumerable<Decision> decisions, int size)
    {
        var found = Newest(decisions.Where(d => d.At > border), size + 1);
        if (found.Count <= size) return new(found, Keyset.Token(border, Guid.AllBitsSet));
        found.RemoveAt(size);
        return new(found, Keyset.Token(found[^1].At, found[^1].Id));
    }

    /// <summary>Each once: what moved between the look into the database and the one into the files is in both.</summary>
    private static List<Decision> Newest(IEnumerable<Decision> decisions, int count) =>
        [.. decisions.DistinctBy(d => d.Id).OrderByDescending(d => d.At).ThenByDescending(d => d.Id.ToString("N"), StringComparer.Ordinal).Take(count)];

    /// <returns>Null where nothing can be found by it.</returns>
    private static string? Where(DecisionFilter filter, (DateTimeOffset At, Guid Id)? before)
    {
        var all = new List<string> { "TRUE" };
        if (before is { } position)
        {
            var (at, id) = (UtcMicroseconds.From(position.At), TableEngine.Literal(position.Id.ToString("N")));
            all.Add(string.Create(CultureInfo.InvariantCulture, $"\"At\" <= {at} AND (\"At\" < {at} OR Id < {id})"));
        }

        if (filter.From is { } from) all.Add(string.Create(CultureInfo.InvariantCulture, $"\"At\" >= {UtcMicroseconds.From(from)}"));
        if (filter.To is { } to) all.Add(string.Create(CultureInfo.InvariantCulture, $"\"At\" < {UtcMicroseconds.From(to)}"));
        if (filter.ModelVersion is { } version) all.Add(string.Create(CultureInfo.InvariantCulture, $"ModelVersion = {version}"));
        foreach (var (column, text) in new[] { ("Variant", filter.Variant), ("Label", filter.Label), ("TrueLabel", filter.TrueLabel), ("Unit", filter.Unit), ("Subject", filter.Subject) })
        {
            if (text is null) continue;
            if (text.Contains('\0', StringComparison.Ordinal)) return null; // SQL ends there
            all.Add($"{column} = {TableEngine.Literal(text)}");
        }

        return string.Join(" AND ", all);
    }
}
