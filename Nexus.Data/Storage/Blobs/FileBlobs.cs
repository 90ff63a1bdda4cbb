using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage.Blobs;

/// <summary>
/// Files under <c>ab/cdef…</c>, of this node or in a folder that several share. Nothing is locked: whoever removes a blob first takes
/// it aside, and puts it back where it turns out to have been touched meanwhile; whoever puts it either touches it or brings it.
/// </summary>
internal sealed class FileBlobs : IBlobHome
{
    private const string Condemned = "condemned-";
    private readonly string _incoming;
    private readonly TimeProvider _time;

    public FileBlobs(IOptions<NexusOptions> options, TimeProvider time)
    {
        (Root, _time) = (options.Value.BlobDirectory, time);
        _incoming = Path.Combine(Root, BlobPath.Incoming);
        Directory.CreateDirectory(_incoming);
        foreach (var aside in Directory.EnumerateFiles(_incoming, Condemned + "*")) PutBack(aside); // of a process that was killed
    }

    public string Root { get; }

    public Task KeepAsync(string file, BlobRef blob, CancellationToken ct)
    {
        var path = BlobPath.Of(Root, blob.Digest);
        // Looked for once more: it may have been taken aside, and judged, while it was touched.
        if (TryTouch(path) && File.Exists(path)) return Task.CompletedTask;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        TryTouch(file);
        File.Move(file, path, overwrite: true);
        return Task.CompletedTask;
    }

    public Task<string> FetchAsync(string digest, CancellationToken ct)
    {
        var path = BlobPath.Of(Root, digest);
        return File.Exists(path) ? Task.FromResult(path) : throw new FileNotFoundException("There is no such blob.", digest);
    }

    public Task<bool> ExistsAsync(string digest, CancellationToken ct) => Task.FromResult(File.Exists(BlobPath.Of(Root, digest)));

    /// <summary>What a volume lacks is the disk's matter.</summary>
    public Task ProbeAsync(CancellationToken ct) => Task.CompletedTask;

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (digest, file) in BlobPath.All(Root))
        {
            ct.ThrowIfCancellationRequested();
            yield return new(digest, new(file.LastWriteTimeUtc));
        }

        await Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string digest, DateTimeOffset since, CancellationToken ct)
    {
        var path = BlobPath.Of(Root, digest);
        if (!IsOlder(path, since)) return Task.FromResult(false);
        var aside = Path.Combine(_incoming, $"{Condemned}{digest}.{Guid.NewGuid():N}");
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult(false); // Another node was first.
        }

        var old = IsOlder(aside, since);
        if (old) File.Delete(aside);
        else PutBack(aside);
        return Task.FromResult(old);
    }

    private static bool IsOlder(string path, DateTimeOffset since) => File.Exists(path) && File.GetLastWriteTimeUtc(path) < since.UtcDateTime;

    private void PutBack(string aside)
    {
        var path = BlobPath.Of(Root, Path.GetFileName(aside)[Condemned.Length..(Condemned.Length + 64)]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            File.Move(aside, path, overwrite: true); // the same bytes, if there is one again
        }
        catch (FileNotFoundException)
        {
            // Another node that starts has put it back.
        }
    }

    private bool TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
