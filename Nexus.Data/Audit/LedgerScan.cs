using System.Security.Cryptography;
using System.Text.Json;

namespace Nexus.Data.Audit;

/// <summary>Walks the chain from its first entry and says what is wrong with the next one.</summary>
internal sealed class LedgerScan
{
    private readonly MerkleFrontier _frontier;

    public LedgerScan() => _frontier = new();

    public LedgerScan(LedgerScan other)
    {
        _frontier = new(other._frontier);
        Head = other.Head;
    }

    /// <summary>How many entries were accepted.</summary>
    public long Size => _frontier.Size;

    /// <summary>The hash of the last of them.</summary>
    public byte[] Head { get; private set; } = LedgerChain.Genesis;

    /// <summary>RFC 6962 tree head over the canonical bytes of all of them.</summary>
    public byte[] Root() => _frontier.Root();

    /// <returns>What is wrong; null where the entry follows, and was taken in.</returns>
    /// <param name="leafHash">Of the entry's canonical bytes.</param>
    public string? Accept(LedgerEntry entry, out byte[] leafHash)
    {
        leafHash = MerkleTree.LeafHash(entry.Canonical);
        if (entry.Sequence != Size + 1) return $"Entry {Size + 1} is missing: {entry.Sequence} comes next.";
        if (!entry.PreviousHash.AsSpan().SequenceEqual(Head)) return Size == 0 ? "It does not begin the chain." : $"It does not follow entry {Size}.";
        if (!SHA256.HashData(entry.Canonical).AsSpan().SequenceEqual(entry.Hash)) return "Its bytes do not give its hash.";
        if (!ColumnsAgree(entry)) return "Its columns are not what its bytes say.";
        _frontier.Append(leafHash);
        Head = entry.Hash;
        return null;
    }

    private static bool ColumnsAgree(LedgerEntry entry)
    {
        try
        {
            return CanonicalJson.Write(System.Text.Json.Nodes.JsonNode.Parse(entry.Detail)) == entry.Detail
                && LedgerChain.CanonicalBytes(entry).AsSpan().SequenceEqual(entry.Canonical);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return false; // Detail is no JSON
        }
    }
}
