using Microsoft.Extensions.Options;

namespace Nexus.Data.Audit;

/// <summary>
/// The leaf hashes of all entries ever seen, 32 bytes each, in the file <c>checkpoints/leaves</c>: how far the ledger has
/// been, and which entry is another than it was. Written by the auditor alone, in its turn.
/// </summary>
internal sealed class LeafLog(IOptions<NexusOptions> options)
{
    private readonly string _path = Path.Combine(options.Value.PathOf("checkpoints"), "leaves");

    public async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        if (!File.Exists(_path)) return [];
        var bytes = await File.ReadAllBytesAsync(_path, ct);
        return bytes.Length % MerkleTree.HashSize == 0 ? bytes : bytes[..^(bytes.Length % MerkleTree.HashSize)]; // a torn tail
    }

    /// <summary>Writes hashes at their place, the first of them that of entry <paramref name="sequence"/>.</summary>
    public async Task WriteAsync(long sequence, ReadOnlyMemory<byte> hashes, CancellationToken ct)
    {
        if (hashes.IsEmpty) return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(file, hashes, (sequence - 1) * MerkleTree.HashSize, ct);
        RandomAccess.FlushToDisk(file); // a hole after a power cut would look like a rewritten entry
    }
}
