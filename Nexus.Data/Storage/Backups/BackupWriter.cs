using System.Security.Cryptography;

namespace Nexus.Data.Storage.Backups;

/// <summary>Puts files into a backup: each on the device, its digest among the sums. Memory stays flat.</summary>
public sealed class BackupWriter : IAsyncDisposable
{
    private readonly StreamWriter _sums;
    private readonly BackupProgress _progress;

    internal BackupWriter(string root, BackupProgress progress)
    {
        (Root, _progress) = (root, progress);
        _sums = new(Path.Combine(root, BackupSums.FileName)) { NewLine = "\n" };
    }

    /// <summary>The backup's folder.</summary>
    public string Root { get; }

    internal long Files { get; private set; }

    internal long Bytes { get; private set; }

    /// <summary>One file, as <paramref name="write"/> writes it.</summary>
    /// <param name="path">Below the backup's folder, its parts divided by slashes.</param>
    /// <param name="expected">The digest that it must have, if one is known; else it is left out.</param>
    /// <exception cref="InvalidDataException">It has another digest than expected.</exception>
    public async Task AddAsync(string path, Func<Stream, Task> write, CancellationToken ct, string? expected = null)
    {
        using var sha = SHA256.Create();
        await using (var file = new FileStream(Make(path), FileMode.CreateNew, FileAccess.Write))
        {
            await using var hashing = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true);
            await write(hashing);
            await hashing.FlushFinalBlockAsync(ct);
            file.Flush(flushToDisk: true);
        }

        if (expected is not null && Convert.ToHexStringLower(sha.Hash!) != expected)
        {
            File.Delete(Path.Combine(Root, path));
            throw new InvalidDataException($"{path} is damaged.");
        }

        await NoteAsync(path, sha.Hash!);
    }

    /// <summary>A file that somebody else may be writing to.</summary>
    public Task AddFileAsync(string path, string from, CancellationToken ct) => AddAsync(
        path,
        async to =>
        {
            await using var file = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await file.CopyToAsync(to, ct);
        },
        ct);

    /// <summary>A file that stands at its place already.</summary>
    public async Task AddMadeAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(Path.Combine(Root, path), FileMode.Open, FileAccess.ReadWrite);
        var digest = await SHA256.HashDataAsync(file, ct);
        file.Flush(flushToDisk: true);
        await NoteAsync(path, digest);
    }

    /// <summary>Where a file of that path is to stand; the folder is made.</summary>
    public string Make(string path)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public async ValueTask DisposeAsync() => await _sums.DisposeAsync();

    private async Task NoteAsync(string path, byte[] hash)
    {
        var bytes = new FileInfo(Path.Combine(Root, path)).Length;
        (Files, Bytes) = (Files + 1, Bytes + bytes);
        _progress.Add(path.Split('/')[0], bytes);
        await _sums.WriteLineAsync(BackupSums.Line(Convert.ToHexStringLower(hash), path));
    }
}
