using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;
using Nexus.Data.Storage;

namespace Nexus.Data.Datasets;

/// <summary>Datasets and their versions: taken in, typed, kept, read. Reading is <see cref="DatasetCatalog"/>'s.</summary>
public sealed class DatasetService(
    IDbContextFactory<NexusDb> contexts, BlobStore blobs, DatasetImporter importer, DatasetCatalog catalog,
    IOptions<DatasetOptions> options, LiveEvents live, TimeProvider time)
{
    private const int SaveAttempts = 32;
    private static readonly Dictionary<string, string> NoTypes = [];

    /// <summary>
    /// Takes a file in as the next version, or answers the version that has this content already. The stream is read once, to the
    /// store's volume; memory stays flat. A file that is refused leaves nothing behind.
    /// </summary>
    /// <param name="format">One of <see cref="ImportFormats"/>.</param>
    /// <param name="source">The file's name, for people.</param>
    /// <param name="types">Column → one of <see cref="ColumnTypes"/>, where the inferred type is not wanted.</param>
    /// <exception cref="RefusedException">Invalid with line and column where the file is broken; TooLarge; Forbidden.</exception>
    public async Task<(DatasetVersionView Version, bool Created)> ImportAsync(
        string name, Stream content, string format, string source, IReadOnlyDictionary<string, string>? types, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        Names.Check(name);
        using var staged = await StageAsync(content, ct);
        return await ImportAsync(name, staged, format, source, types, actor, ct);
    }

    /// <summary>Takes the bytes in without looking at them, for callers that learn the rest only after them. Dispose the answer.</summary>
    /// <exception cref="RefusedException">TooLarge.</exception>
    public async Task<StagedBlob> StageAsync(Stream content, CancellationToken ct)
    {
        using var stage = new ImportStage(ImportStage.Receive);
        return await blobs.StageAsync(content, ct, options.Value.MaxBytes);
    }

    /// <inheritdoc cref="ImportAsync(string, Stream, string, string, IReadOnlyDictionary{string, string}?, Actor, CancellationToken)"/>
    public async Task<(DatasetVersionView Version, bool Created)> ImportAsync(
        string name, StagedBlob staged, string format, string source, IReadOnlyDictionary<string, string>? types, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        Names.Check(name);
        types ??= NoTypes;
        var origin = new Origin(name, format, Clean(source), staged.Blob, actor, $"person/{actor.Name}");
        if (await FindAsync(name, origin.ContentKey(types), ct) is { } same) return (same, false);
        using var turn = await importer.TakeTurnAsync(staged.Blob.Bytes, ct);
        return await turn.WorkAsync(
            async within =>
            {
                await using var scanned = await importer.ScanAsync(staged.Path, format, types, within);
                return await KeepAsync(origin, scanned, () => blobs.KeepAsync(staged, within), within);
            },
            ct);
    }

    /// <summary>Makes a version from the same bytes with some columns typed otherwise.</summary>
    /// <inheritdoc cref="ImportAsync(string, Stream, string, string, IReadOnlyDictionary{string, string}?, Actor, CancellationToken)"/>
    public async Task<(DatasetVersionView Version, bool Created)> RetypeAsync(
        DatasetRef dataset, IReadOnlyDictionary<string, string> types, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        var from = await catalog.GetAsync(dataset, ct);
        ColumnNames.CheckOverrides(types, from.Columns.Select(c => c.Name));
        var asked = from.Columns.ToDictionary(c => c.Name, c => types.GetValueOrDefault(c.Name, c.Type), StringComparer.Ordinal);
        var origin = new Origin(from.Name, from.Format, from.Source, new(from.Digest, from.Bytes), actor, from.Subject);
        using var turn = await importer.TakeTurnAsync(from.Bytes, ct);
        var path = await blobs.FetchAsync(from.Digest, ct);
        return await turn.WorkAsync(
            async within =>
            {
                await using var scanned = await importer.ScanAsync(path, from.Format, asked, within);
                return await KeepAsync(origin, scanned, () => Task.CompletedTask, within);
            },
            ct);
    }

    private async Task<(DatasetVersionView Version, bool Created)> KeepAsync(
        Origin origin, ScannedFile scanned, Func<Task> keepFile, CancellationToken ct)
    {
        // Asking for a type that would have been inferred is asking for nothing.
        var key = origin.ContentKey(scanned.Scan.Columns.Where(c => c.Type != c.Inferred).ToDictionary(c => c.Name, c => c.Type));
        if (await FindAsync(origin.Name, key, ct) is { } same) return (same, false);
        var table = await importer.ConvertAsync(scanned, ct);
        using (new ImportStage(ImportStage.Keep)) await keepFile();
        var saved = await SaveAsync(origin, key, table);
        if (saved.Created) live.Publish("datasets", "changed", new { name = origin.Name, version = saved.Version.Version });
        return saved;
    }

    /// <summary>Not to be cancelled: the blobs are kept already.</summary>
    private async Task<(DatasetVersionView Version, bool Created)> SaveAsync(Origin origin, string key, ImportedTable table)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(origin.Name, key, CancellationToken.None) is { } same) return (same, false);
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            var version = await AddAsync(db, origin, key, table);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                return (DatasetVersionView.From(version), true);
            }
            catch (DbUpdateException) when (attempt < SaveAttempts)
            {
                // Another upload took the number, or was this very content: look again.
            }
        }
    }

    private async Task<DatasetVersion> AddAsync(NexusDb db, Origin origin, string key, ImportedTable table)
    {
        var now = time.GetUtcNow();
        var dataset = await db.Datasets.SingleOrDefaultAsync(d => d.Name == origin.Name);
        if (dataset is null)
        {
            dataset = new() { Id = Ids.New(time), Name = origin.Name, CreatedAt = now, CreatedBy = origin.Actor.Name };
            db.Datasets.Add(dataset);
        }

        dataset.LatestVersion++;
        var version = new DatasetVersion
        {
            Id = Ids.New(time),
            DatasetId = dataset.Id,
            DatasetName = origin.Name,
            Version = dataset.LatestVersion,
            Digest = origin.Blob.Digest,
            ContentKey = key,
            ParquetDigest = table.ParquetDigest,
            Format = origin.Format,
            Bytes = origin.Blob.Bytes,
            Rows = table.Rows,
            Columns = CanonicalJson.Write(table.Columns),
            Profile = CanonicalJson.Write(table.Profile),
            Source = origin.Source,
            CreatedAt = UtcMicroseconds.Truncate(now),
            CreatedBy = origin.Actor.Name,
        };
        db.DatasetVersions.Add(version);
        var subject = $"dataset/{origin.Name}@{version.Version}";
        db.LineageEdges.Add(new() { Id = Ids.New(time), From = origin.MadeFrom, To = subject, Relation = "made", CreatedAt = now });
        Ledger.Append(db, origin.Actor, "dataset.version-created", subject, new
        {
            digest = version.Digest,
            format = version.Format,
            bytes = version.Bytes,
            rows = version.Rows,
            columns = table.Columns.Count,
            source = version.Source,
            contentKey = key,
        });
        return version;
    }

    private async Task<DatasetVersionView?> FindAsync(string name, string contentKey, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.DatasetVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.DatasetName == name && v.ContentKey == contentKey, ct);
        return found is null ? null : DatasetVersionView.From(found);
    }

    private static string Clean(string source)
    {
        var name = new string([.. Path.GetFileName(source.Replace('\\', '/')).Where(c => !char.IsControl(c))]).Trim();
        return name.Length == 0 ? "upload" : name.Length <= 255 ? name : name[..255];
    }

    /// <summary>What is taken in, and from whom.</summary>
    /// <param name="MadeFrom">The subject at the other end of the lineage.</param>
    private sealed record Origin(string Name, string Format, string Source, BlobRef Blob, Actor Actor, string MadeFrom)
    {
        public string ContentKey(IReadOnlyDictionary<string, string> types) =>
            CanonicalJson.Digest(CanonicalJson.Write(new { content = Blob.Digest, format = Format, types }));
    }
}
