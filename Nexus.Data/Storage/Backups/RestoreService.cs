using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Audit;

namespace Nexus.Data.Storage.Backups;

/// <summary>
/// Makes an empty data directory and an empty database what a backup holds. All digests are looked at before anything is
/// written; the database is filled last, and until then a mark keeps a portal from starting on half of it.
/// </summary>
public sealed class RestoreService
{
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly DatabaseConnection _connection;
    private readonly Lazy<LedgerAuditor> _auditor; // it would make the key that is restored here
    private readonly NexusOptions _options;
    private readonly BlobStore _blobs;

    internal RestoreService(IDbContextFactory<NexusDb> contexts, DatabaseConnection connection, BlobStore blobs, Lazy<LedgerAuditor> auditor, IOptions<NexusOptions> options) =>
        (_contexts, _connection, _blobs, _auditor, _options) = (contexts, connection, blobs, auditor, options.Value);

    /// <param name="line">Hears how far it is.</param>
    /// <returns>What the ledger says of itself afterwards.</returns>
    /// <exception cref="RefusedException">Conflict where directory or database hold anything; Invalid where the backup is broken, is another database's or of a newer portal.</exception>
    public async Task<LedgerVerification> RunAsync(string folder, Action<string> line, CancellationToken ct)
    {
        var root = Path.GetFullPath(folder);
        var manifest = BackupManifest.Read(root);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        await DemandFitAsync(db, manifest, ct);
        var progress = new BackupProgress(line);
        await BackupSums.VerifyAsync(root, manifest, progress, ct);

        Directory.CreateDirectory(_options.PathOf(""));
        await File.WriteAllTextAsync(RestoreMark.PathOf(_options), root, ct);
        foreach (var (digest, path) in BackupSums.Read(root, "blobs/"))
        {
            await using var file = File.OpenRead(Path.Combine(root, path));
            var blob = await _blobs.PutAsync(file, ct);
            if (blob.Digest != digest) throw new IOException($"{path} changed while it was copied.");
            progress.Add("blobs", blob.Bytes);
        }

        progress.Say("blobs");
        foreach (var (_, path) in BackupSums.Read(root).Where(f => !f.Path.StartsWith("blobs/", StringComparison.Ordinal) && !f.Path.StartsWith("database/", StringComparison.Ordinal)))
            progress.Add("files", Copy(Path.Combine(root, path), _options.PathOf(path)));
        progress.Say("journal, checkpoints, keys");
        await _connection.Provider.LoadAsync(db, Path.Combine(root, "database"), manifest.Migration, manifest.Tables, ct);
        line("database: filled");
        await db.Provider.MigrateAsync(db, ct);
        File.Delete(RestoreMark.PathOf(_options));
        var ledger = await _auditor.Value.VerifyAsync(ct);
        await _connection.Provider.CloseAsync(db, ct);
        return ledger;
    }

    private static long Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    private async Task DemandFitAsync(NexusDb db, BackupManifest manifest, CancellationToken ct)
    {
        var data = _options.PathOf("");
        if (Directory.Exists(data) && Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Any())
            throw Refused.Conflict($"The data directory {data} is not empty; a backup is restored into an empty one.");
        if (manifest.Database != _connection.Provider.Name)
            throw Refused.Invalid($"The backup holds a database of {manifest.Database}, and Nexus:Database:Provider is {_connection.Provider.Name}.");
        if (!db.Database.GetMigrations().Contains(manifest.Migration))
            throw Refused.Invalid($"The backup was made by portal {manifest.Portal}, whose database this portal ({BackupService.Version}) does not know: restore it with that one or a newer one.");
        if (await _connection.Provider.HasDatabaseAsync(db, ct) && (await db.Database.GetAppliedMigrationsAsync(ct)).Any())
            throw Refused.Conflict($"The database is not empty: {_connection.Provider.Place(db)}.");
    }
}
