using Microsoft.EntityFrameworkCore;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets;

/// <summary>Reads what is known of datasets: lists, versions, profiles, first rows, the original bytes, what was made of them.</summary>
public sealed class DatasetCatalog(IDbContextFactory<NexusDb> contexts, BlobStore blobs, TableEngine tables)
{
    private const int MaxPreviewRows = 1000;
    private const int MaxPreviewCells = 200_000;
    private const int MaxPreviewText = 1000;

    /// <summary>By name.</summary>
    /// <param name="filter">A part of the name, or null for all.</param>
    public async Task<Page<DatasetView>> ListAsync(PageRequest page, CancellationToken ct, string? filter = null)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var datasets = db.Datasets.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter))
        {
            var part = filter.Trim().ToLowerInvariant();
            datasets = datasets.Where(d => d.Name.Contains(part));
        }

        var names = await datasets.ToPageByNameAsync(d => d.Name, page, ct);
        var ids = names.Items.Select(d => d.Id).ToList();
        var newest = await db.DatasetVersions.AsNoTracking()
            .Where(v => ids.Contains(v.DatasetId) && db.Datasets.Any(d => d.Id == v.DatasetId && d.LatestVersion == v.Version))
            .Select(v => new { v.DatasetId, v.Rows, v.Columns, v.Bytes, v.Format, v.CreatedAt, v.CreatedBy })
            .ToDictionaryAsync(v => v.DatasetId, ct);
        return names.Select(d =>
        {
            var v = newest[d.Id];
            return new DatasetView(
                d.Name, d.Description, d.LatestVersion, v.Rows, CanonicalJson.Read<DatasetColumn[]>(v.Columns).Length, v.Bytes, v.Format, v.CreatedAt, v.CreatedBy);
        });
    }

    /// <summary>The versions of one dataset, newest first.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<Page<DatasetVersionView>> VersionsAsync(string name, PageRequest page, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Datasets.AnyAsync(d => d.Name == name, ct)) throw Refused.NotFound("dataset", name);
        var versions = await db.DatasetVersions.AsNoTracking().Where(v => v.DatasetName == name).ToPageAsync(v => v.CreatedAt, v => v.Id, page, ct);
        return versions.Select(DatasetVersionView.From);
    }

    /// <summary>One version; the newest where none is named.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<DatasetVersionView> GetAsync(DatasetRef dataset, CancellationToken ct) =>
        DatasetVersionView.From(await FindAsync(dataset, ct));

    /// <summary>What the version's columns hold, in the file's order.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<IReadOnlyList<ColumnProfile>> ProfileAsync(DatasetRef dataset, CancellationToken ct) =>
        CanonicalJson.Read<ColumnProfile[]>((await FindAsync(dataset, ct)).Profile);

    /// <summary>The first rows, in the file's order.</summary>
    /// <param name="rows">1 … 1,000; fewer come where the table is very wide.</param>
    /// <exception cref="RefusedException">NotFound, Invalid.</exception>
    public async Task<TablePreview> PreviewAsync(DatasetRef dataset, int rows, CancellationToken ct)
    {
        if (rows is < 1 or > MaxPreviewRows) throw Refused.Invalid("rows", $"rows is 1 to {MaxPreviewRows}.");
        var version = await GetAsync(dataset, ct);
        var list = string.Join(", ", version.Columns.Select(column => TableValues.Shown(column, MaxPreviewText)));
        var limit = Math.Clamp(MaxPreviewCells / version.Columns.Count, 1, rows);
        using var connection = tables.Join();
        return await TableEngine.QueryAsync(
            connection,
            $"SELECT {list} FROM read_parquet({TableEngine.Literal(await blobs.FetchAsync(version.ParquetDigest, ct))}) LIMIT {limit}",
            reader =>
            {
                var first = new List<object?[]>();
                while (reader.Read()) first.Add([.. version.Columns.Select((c, i) => TableValues.Read(reader, i, c.Type))]);
                return new TablePreview(version.Columns, first, version.Rows);
            },
            ct);
    }

    /// <summary>The original bytes. Dispose the stream.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<(DatasetVersionView Version, Stream Content)> OpenContentAsync(DatasetRef dataset, CancellationToken ct)
    {
        var version = await GetAsync(dataset, ct);
        return (version, await blobs.OpenReadAsync(version.Digest, ct));
    }

    /// <summary>What read the version, and what that made; newest first, at most 200.</summary>
    /// <exception cref="RefusedException">NotFound.</exception>
    public async Task<IReadOnlyList<DatasetUse>> UsesAsync(DatasetRef dataset, CancellationToken ct)
    {
        var subject = (await GetAsync(dataset, ct)).Subject;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var edges = db.LineageEdges.AsNoTracking();
        var direct = await edges.Where(e => e.From == subject).OrderByDescending(e => e.CreatedAt).Take(200)
            .Select(e => new DatasetUse(e.To, e.Relation, e.CreatedAt, null)).ToListAsync(ct);
        var runs = direct.Select(d => d.Subject).ToList();
        var indirect = await edges.Where(e => runs.Contains(e.From)).OrderByDescending(e => e.CreatedAt).Take(200)
            .Select(e => new DatasetUse(e.To, e.Relation, e.CreatedAt, e.From)).ToListAsync(ct);
        return [.. direct.Concat(indirect).OrderByDescending(u => u.At).Take(200)];
    }

    private async Task<DatasetVersion> FindAsync(DatasetRef dataset, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = db.DatasetVersions.AsNoTracking().Where(v => v.DatasetName == dataset.Name);
        var found = dataset.Version is { } number
            ? await versions.SingleOrDefaultAsync(v => v.Version == number, ct)
            : await versions.OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        return found ?? throw Refused.NotFound("dataset", dataset);
    }
}
