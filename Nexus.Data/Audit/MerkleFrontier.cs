using System.Security.Cryptography;

namespace Nexus.Data.Audit;

/// <summary>The right edge of a growing <see cref="MerkleTree"/>: appending and the root cost O(log n), whatever the size.</summary>
internal sealed class MerkleFrontier
{
    // _full[k] is the root of the complete subtree of 2^k leaves, where bit k of the size is set.
    private readonly byte[][] _full = new byte[63][];

    public MerkleFrontier()
    {
    }

    public MerkleFrontier(MerkleFrontier other)
    {
        other._full.CopyTo(_full, 0);
        Size = other.Size;
    }

    public long Size { get; private set; }

    public void Append(byte[] leafHash)
    {
        var (node, level) = (leafHash, 0);
        for (; ((Size >> level) & 1) == 1; level++) node = MerkleTree.NodeHash(_full[level], node);
        _full[level] = node;
        Size++;
    }

    public byte[] Root()
    {
        if (Size == 0) return SHA256.HashData([]);
        byte[]? root = null;
        for (var level = 0; Size >> level > 0; level++)
        {
            if (((Size >> level) & 1) == 0) continue;
            root = root is null ? _full[level] : MerkleTree.NodeHash(_full[level], root);
        }

        return root!;
    }
}
