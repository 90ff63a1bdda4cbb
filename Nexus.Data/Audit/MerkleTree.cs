using System.Security.Cryptography;

namespace Nexus.Data.Audit;

/// <summary>
/// The Merkle tree of RFC 6962 §2.1 over SHA-256. Leaves are given as their hashes, one after another, 32 bytes each.
/// </summary>
internal static class MerkleTree
{
    public const int HashSize = SHA256.HashSizeInBytes;

    public static byte[] LeafHash(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    /// <summary>MTH(D[n]); the hash of nothing for an empty tree.</summary>
    public static byte[] Root(ReadOnlySpan<byte> leaves)
    {
        var count = Count(leaves);
        if (count == 0) return SHA256.HashData([]);
        if (count == 1) return leaves.ToArray();
        var split = SplitOf(count);
        return NodeHash(Root(First(leaves, split)), Root(After(leaves, split)));
    }

    /// <summary>PATH(m, D[n]): what, with leaf <paramref name="index"/> (from 0), gives the root.</summary>
    public static List<byte[]> InclusionProof(int index, ReadOnlySpan<byte> leaves)
    {
        var count = Count(leaves);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count);
        if (count == 1) return [];
        var split = SplitOf(count);
        return index < split
            ? [.. InclusionProof(index, First(leaves, split)), Root(After(leaves, split))]
            : [.. InclusionProof(index - split, After(leaves, split)), Root(First(leaves, split))];
    }

    /// <summary>PROOF(m, D[n]): that the tree of the first <paramref name="size"/> leaves is a beginning of this one.</summary>
    public static List<byte[]> ConsistencyProof(int size, ReadOnlySpan<byte> leaves)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Count(leaves));
        return size == 0 ? [] : Subproof(size, leaves, whole: true);
    }

    /// <summary>RFC 9162 §2.1.3.2.</summary>
    public static bool VerifyInclusion(long index, long size, ReadOnlySpan<byte> leaf, IEnumerable<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last) = (index, size - 1);
        var hash = leaf.ToArray();
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    private static List<byte[]> Subproof(int size, ReadOnlySpan<byte> leaves, bool whole)
    {
        var count = Count(leaves);
        if (size == count) return whole ? [] : [Root(leaves)];
        var split = SplitOf(count);
        return size <= split
            ? [.. Subproof(size, First(leaves, split), whole), Root(After(leaves, split))]
            : [.. Subproof(size - split, After(leaves, split), whole: false), Root(First(leaves, split))];
    }

    /// <summary>The largest power of two below <paramref name="count"/>.</summary>
    private static int SplitOf(int count) => 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)(count - 1)));

    private static int Count(ReadOnlySpan<byte> leaves) => leaves.Length / HashSize;

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> leaves, int count) => leaves[..(count * HashSize)];

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> leaves, int count) => leaves[(count * HashSize)..];
}
