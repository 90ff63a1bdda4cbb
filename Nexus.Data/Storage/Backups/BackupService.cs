using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage.Backups;

/// <summary>
/// Copies all that a portal remembers, while it works. The order makes it one moment: first what the database passes on to
/// (journal, checkpoints), then the database in one snapshot, around it the blobs, which never change and stand before the rows
/// that name them. Then what was acknowledged before the start is in it, and nothing is half.
/// </summary>
public sealed class BackupService(
    IDbContextFactory<NexusDb> contexts, BlobStore blobs, IEnumerable<IBackupSource> sources, DatabaseConnection connection, IOptions<NexusOptions> options, TimeProvider time)
{
    /// <summary>Copied as they are; what is in them is written beside and renamed, or only ever grows.</summary>
    private static readonly string[] Folders = ["checkpoints", "keys"];

    /// <summary>Writes a backup into the folder, which is made, or is empty.</summary>
    /// <param name="line">Hears how far it is.</param>
    /// <returns>Digests of the blobs that the store itself holds damaged; they are left out.</returns>
    /// <exception cref="RefusedException">Conflict where the folder holds anything; Invalid where there is nothing to back up, or this database cannot be.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string folder, Action<string> line, CancellationToken ct)
    {
        var started = time.GetUtcNow();
        var root = Path.GetFullPath(folder);
        if (!connection.Provider.CanDump) throw Refused.Invalid(connection.Provider.DumpInstead);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await connection.Provider.HasDatabaseAsync(db, ct) || !(await db.Database.GetAppliedMigrationsAsync(ct)).Any())
            throw Refused.Invalid($"There is no portal's database to back up: {connection.Provider.Place(db)}.");
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()) throw Refused.Conflict($"{root} is not empty.");
        MakePrivate(root);

        var progress = new BackupProgress(line);
        BackupSnapshot snapshot;
        var damaged = new List<string>();
        var writer = new BackupWriter(root, progress);
        await using (writer)
        {
            foreach (var source in sources) await source.CopyAsync(writer, ct);
            foreach (var name in Folders) await CopyFolderAsync(writer, name, ct);
            progress.Say("journal, checkpoints, keys");
            await CopyBlobsAsync(writer, damaged, ct);
            progress.Say("blobs");
            snapshot = await connection.Provider.DumpAsync(db, writer, ct);
            progress.Say("database");
            await CopyBlobsAsync(writer, damaged, ct); // those that came meanwhile, which the snapshot may name
            progress.Say("blobs since");
        }

        await using var sums = File.OpenRead(Path.Combine(root, BackupSums.FileName));
        var digest = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(sums, ct));
        new BackupManifest(
            BackupManifest.CurrentFormat, Version, started, time.GetUtcNow(), connection.Provider.Name, snapshot.Migration, snapshot.Tables,
            damaged, writer.Files, writer.Bytes, digest).Write(root);
        line($"A backup of {writer.Files:N0} files stands in {root}.");
        return damaged;
    }

    internal static string Version { get; } =
        typeof(BackupService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>It holds keys and what people entrusted to the portal.</summary>
    private static void MakePrivate(string root)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(root)) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task CopyFolderAsync(BackupWriter to, string name, CancellationToken ct)
    {
        var from = options.Value.PathOf(name);
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from).Where(f => !f.EndsWith(".new", StringComparison.Ordinal) && !f.EndsWith(".tmp", StringComparison.Ordinal)))
            await to.AddFileAsync($"{name}/{Path.GetFileName(file)}", file, ct);
    }

    private async Task CopyBlobsAsync(BackupWriter to, List<string> damaged, CancellationToken ct)
    {
        await foreach (var digest in blobs.DigestsAsync(ct))
        {
            var path = $"blobs/{digest[..2]}/{digest[2..]}";
            if (File.Exists(Path.Combine(to.Root, path)) || damaged.Contains(digest)) continue;
            try
            {
                await using var blob = await blobs.OpenReadAsync(digest, ct);
                await to.AddAsync(path, stream => blob.CopyToAsync(stream, ct), ct, expected: digest);
            }
            catch (FileNotFoundException)
            {
                // Removed in the meantime, because nothing names it.
            }
            catch (InvalidDataException)
            {
                damaged.Add(digest);
            }
        }
    }
}
