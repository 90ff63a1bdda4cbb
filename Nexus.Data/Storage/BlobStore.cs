using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Nexus.Data.Storage;

/// <summary>
/// Content-addressed, immutable files under <c>blobs/ab/cdef…</c>. A blob appears whole or not at all: it is written beside,
/// flushed to the device and renamed.
/// </summary>
public sealed class BlobStore
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private readonly TimeProvider _time;
    private readonly string _root;
    private readonly string _incoming;
    private readonly bool _shared;

    public BlobStore(IOptions<NexusOptions> options, TimeProvider time)
    {
        _time = time;
        _root = options.Value.BlobDirectory;
        _shared = options.Value.Blobs.Directory is { Length: > 0 };
        _incoming = Path.Combine(_root, "incoming");
        Directory.CreateDirectory(_incoming);
    }

    /// <summary>Streams into the store; memory stays flat.</summary>
    /// <param name="maxBytes">Beyond it the call is refused as TooLarge and nothing stays behind.</param>
    public async Task<BlobRef> PutAsync(Stream content, CancellationToken ct, long maxBytes = long.MaxValue)
    {
        using var staged = await StageAsync(content, ct, maxBytes);
        return Keep(staged);
    }

    /// <summary>Streams to the store's volume without keeping: for content that is to be looked at first. Dispose it.</summary>
    /// <inheritdoc cref="PutAsync(Stream, CancellationToken, long)"/>
    public async Task<StagedBlob> StageAsync(Stream content, CancellationToken ct, long maxBytes = long.MaxValue)
    {
        var incoming = NewPath();
        try
        {
            await using var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            var blob = await CopyAsync(content, file, maxBytes, ct);
            file.Flush(flushToDisk: true);
            return new(incoming, blob);
        }
        catch
        {
            File.Delete(incoming);
            throw;
        }
    }

    /// <summary>Makes a staged content a blob.</summary>
    public BlobRef Keep(StagedBlob staged)
    {
        Keep(staged.Path, staged.Blob.Digest);
        return staged.Blob;
    }

    public Task<BlobRef> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct) =>
        PutAsync(new MemoryStream(content.ToArray(), writable: false), ct);

    public Task<BlobRef> PutTextAsync(string content, CancellationToken ct) => PutAsync(Encoding.UTF8.GetBytes(content), ct);

    /// <summary>Takes over a finished file; the file at <paramref name="path"/> is gone afterwards.</summary>
    public async Task<BlobRef> AdoptAsync(string path, CancellationToken ct)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        byte[] hash;
        long bytes;
        await using (var file = File.OpenRead(path))
        {
            hash = await SHA256.HashDataAsync(file, ct);
            bytes = file.Length;
        }

        var blob = new BlobRef(Convert.ToHexStringLower(hash), bytes);
        Keep(path, blob.Digest);
        File.Delete(path);
        return blob;
    }

    /// <summary>A path for a file that <see cref="AdoptAsync"/> will take over; on the store's own volume.</summary>
    public string NewPath() => Path.Combine(_incoming, Guid.NewGuid().ToString("N"));

    public bool Exists(string digest) => File.Exists(PathOf(digest));

    /// <summary>All that are kept, in no order; one that comes or goes meanwhile may be among them or not.</summary>
    public IEnumerable<string> Digests() =>
        from folder in Directory.EnumerateDirectories(_root, "??")
        from file in Directory.EnumerateFiles(folder)
        let digest = Path.GetFileName(folder) + Path.GetFileName(file)
        where digest.Length == 64
        select digest;

    /// <summary>Where the blob lies on this machine, for engines that read files by name. Read-only.</summary>
    public string PathOf(string digest) =>
        digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(_root, digest[..2], digest[2..])
            : throw new ArgumentException("Not a digest.", nameof(digest));

    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public Stream OpenRead(string digest) =>
        new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);

    public Task<byte[]> ReadAsync(string digest, CancellationToken ct) => File.ReadAllBytesAsync(PathOf(digest), ct);

    public Task<string> ReadTextAsync(string digest, CancellationToken ct) => File.ReadAllTextAsync(PathOf(digest), ct);

    /// <summary>What a killed process left half-written; call at start, before anything is taken in.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(_incoming))
        {
            // Where other nodes write too, only what nobody has written to for long.
            if (!_shared || File.GetLastWriteTimeUtc(file) < _time.GetUtcNow().UtcDateTime - Abandoned) File.Delete(file);
        }
    }

    private static async Task<BlobRef> CopyAsync(Stream content, FileStream file, long maxBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long bytes = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                bytes += read;
                if (bytes > maxBytes) throw Refused.TooLarge($"The content is larger than {maxBytes:N0} bytes.");
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return new(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Keep(string from, string digest)
    {
        var path = PathOf(digest);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(from, path, overwrite: true);
    }
}
