namespace Nexus.Data.Audit;

/// <summary>What the ledger is held against besides itself: checkpoints and the hashes of entries seen before.</summary>
internal sealed class LedgerEvidence
{
    private readonly Dictionary<long, byte[]> _roots = [];
    private readonly byte[] _leaves;

    private long _agreed; // up to where a checkpoint confirmed the scan

    private LedgerEvidence(byte[] leaves) => _leaves = leaves;

    /// <summary>Of how many entries the hash is kept.</summary>
    public long Leaves => _leaves.Length / MerkleTree.HashSize;

    /// <summary>A checkpoint that is none, or of another key.</summary>
    public BrokenEntry? Broken { get; private set; }

    /// <summary>How far the ledger has been.</summary>
    public long LastSeen { get; private set; }

    public static async Task<LedgerEvidence> ReadAsync(CheckpointStore checkpoints, CheckpointSigner signer, LeafLog leaves, CancellationToken ct)
    {
        var evidence = new LedgerEvidence(await leaves.ReadAsync(ct));
        evidence.LastSeen = evidence.Leaves;
        foreach (var (size, where, text) in await checkpoints.ReadAllAsync(ct))
        {
            if (signer.Open(text) is not { } note || note.Size != size)
            {
                evidence.Break(size, $"The checkpoint over {size} entries {where} is not signed by this portal's key.");
            }
            else if (!evidence._roots.TryAdd(size, note.Root) && !evidence._roots[size].AsSpan().SequenceEqual(note.Root))
            {
                evidence.Break(size, $"Two checkpoints over {size} entries contradict each other.");
            }

            evidence.LastSeen = Math.Max(evidence.LastSeen, size);
        }

        return evidence;
    }

    /// <summary>What speaks against the entry that a scan has just accepted.</summary>
    public BrokenEntry? Contradicts(LedgerScan scan, byte[] leafHash)
    {
        var sequence = scan.Size;
        if (sequence <= Leaves)
        {
            var seen = _leaves.AsSpan((int)(sequence - 1) * MerkleTree.HashSize, MerkleTree.HashSize);
            if (!seen.SequenceEqual(leafHash)) return new(sequence, "It is another than the one first seen: it was rewritten.");
        }

        if (!_roots.TryGetValue(sequence, out var root)) return null;
        if (!scan.Root().AsSpan().SequenceEqual(root))
            return new(_agreed + 1, $"Entries {_agreed + 1} to {sequence} are not those of the checkpoint over {sequence}: some were rewritten.");
        _agreed = sequence;
        return null;
    }

    /// <summary>What speaks against the ledger's ending here.</summary>
    public BrokenEntry? EndsAt(long size) =>
        size < LastSeen ? new(size + 1, $"Entries {size + 1} to {LastSeen} are missing: the ledger has been that long.") : null;

    private void Break(long size, string reason)
    {
        if (Broken is null || size < Broken.Sequence) Broken = new(size, reason);
    }
}
