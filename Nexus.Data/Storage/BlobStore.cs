using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage.Blobs;

namespace Nexus.Data.Storage;

/// <summary>
/// Content-addressed, immutable blobs, in files or in a bucket. A blob appears whole or not at all: it is written beside, flushed to
/// the device and moved. What no row names is removed some time after it was put last: name it soon.
/// </summary>
public sealed class BlobStore
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private readonly IBlobHome _home;
    private readonly TimeProvider _time;
    private readonly string _incoming;
    private readonly bool _shared;

    internal BlobStore(IBlobHome home, IOptions<NexusOptions> options, TimeProvider time)
    {
        (_home, _time, _shared) = (home, time, options.Value.Blobs.Directory is { Length: > 0 });
        _incoming = Path.Combine(home.Root, BlobPath.Incoming);
    }

    /// <summary>The folder in which all files lie that <see cref="FetchAsync"/> names.</summary>
    public string Root => _home.Root;

    /// <summary>Streams into the store; memory stays flat.</summary>
    /// <param name="maxBytes">Beyond it the call is refused as TooLarge and nothing stays behind.</param>
    public async Task<BlobRef> PutAsync(Stream content, CancellationToken ct, long maxBytes = long.MaxValue)
    {
        using var staged = await StageAsync(content, ct, maxBytes);
        return await KeepAsync(staged, ct);
    }

    /// <summary>Streams to the store's volume without keeping: for content that is to be looked at first. Dispose it.</summary>
    /// <inheritdoc cref="PutAsync(Stream, CancellationToken, long)"/>
    public async Task<StagedBlob> StageAsync(Stream content, CancellationToken ct, long maxBytes = long.MaxValue)
    {
        var incoming = NewPath();
        try
        {
            BlobRef blob;
            await using (var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
                blob = await CopyAsync(content, file, maxBytes, ct);
            return new(incoming, blob, FlushAsync(incoming));
        }
        catch
        {
            File.Delete(incoming);
            throw;
        }
    }

    /// <summary>Makes a staged content a blob, once it is on the device.</summary>
    public async Task<BlobRef> KeepAsync(StagedBlob staged, CancellationToken ct)
    {
        await staged.Flushed.WaitAsync(ct);
        await _home.KeepAsync(staged.Path, staged.Blob, ct);
        return staged.Blob;
    }

    public Task<BlobRef> PutAsync(ReadOnlyMemory<byte> content, CancellationToken ct) =>
        PutAsync(new MemoryStream(content.ToArray(), writable: false), ct);

    public Task<BlobRef> PutTextAsync(string content, CancellationToken ct) => PutAsync(Encoding.UTF8.GetBytes(content), ct);

    /// <summary>Takes over a finished file; the file at <paramref name="path"/> is gone afterwards.</summary>
    public async Task<BlobRef> AdoptAsync(string path, CancellationToken ct)
    {
        using var staged = await StageFileAsync(path, ct);
        return await KeepAsync(staged, ct);
    }

    /// <summary>Hashes a finished file where it lies, which may be read meanwhile, and begins to flush it. Dispose it: the file is gone then, unless it was kept.</summary>
    internal async Task<StagedBlob> StageFileAsync(string path, CancellationToken ct)
    {
        var flushed = FlushAsync(path);
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, FileOptions.SequentialScan);
        return new(path, new(Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)), content.Length), flushed);
    }

    /// <summary>A path for a file that <see cref="AdoptAsync"/> will take over; on the store's own volume.</summary>
    public string NewPath() => Path.Combine(_incoming, Guid.NewGuid().ToString("N"));

    public Task<bool> ExistsAsync(string digest, CancellationToken ct) => _home.ExistsAsync(digest, ct);

    /// <summary>All that are kept, in no order; one that comes or goes meanwhile may be among them or not.</summary>
    public async IAsyncEnumerable<string> DigestsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var blob in _home.ListAsync(ct)) yield return blob.Digest;
    }

    /// <summary>A file of this machine that holds the blob, for engines that read files by name. Read-only; open it at once.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public Task<string> FetchAsync(string digest, CancellationToken ct) => _home.FetchAsync(digest, ct);

    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public async Task<Stream> OpenReadAsync(string digest, CancellationToken ct) =>
        new FileStream(await _home.FetchAsync(digest, ct), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);

    public async Task<byte[]> ReadAsync(string digest, CancellationToken ct) => await File.ReadAllBytesAsync(await _home.FetchAsync(digest, ct), ct);

    public async Task<string> ReadTextAsync(string digest, CancellationToken ct) => await File.ReadAllTextAsync(await _home.FetchAsync(digest, ct), ct);

    /// <summary>What a killed process left half-written; call at start, before anything is taken in.</summary>
    public void Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(_incoming))
        {
            // Where other nodes write too, only what nobody has written to for long.
            if (!_shared || File.GetLastWriteTimeUtc(file) < _time.GetUtcNow().UtcDateTime - Abandoned) File.Delete(file);
        }
    }

    /// <summary>Brings a file to the device on another thread; open from the start, so that nobody's renaming or deleting it matters.</summary>
    private static Task FlushAsync(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return Task.Run(() =>
        {
            using (file) RandomAccess.FlushToDisk(file);
        });
    }

    private static async Task<BlobRef> CopyAsync(Stream content, FileStream file, long maxBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long bytes = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct)) > 0)
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
}
