using System.Globalization;
using System.Text;

namespace Nexus.Data.Audit;

/// <summary>The body of a checkpoint in the form of C2SP tlog-checkpoint: origin, size and root, a line each.</summary>
/// <param name="Root">RFC 6962 tree head, 32 bytes.</param>
internal sealed record CheckpointNote(string Origin, long Size, byte[] Root)
{
    /// <summary>What is signed: its last newline included.</summary>
    public string Body => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Splits a signed note into its body and its signature lines; null where it is none.</summary>
    public static (string Body, string[] Signatures)? Split(string text)
    {
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.EndsWith('\n')) return null;
        var lines = text[(end + 2)..^1].Split('\n');
        return lines.All(l => l.StartsWith("— ", StringComparison.Ordinal)) ? (text[..(end + 1)], lines) : null;
    }

    /// <summary>Null where the body is not of the form.</summary>
    public static CheckpointNote? Parse(string body)
    {
        var lines = body.Split('\n');
        if (lines.Length < 4 || lines[0].Length == 0) return null;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        if (lines[1] != size.ToString(CultureInfo.InvariantCulture)) return null;
        Span<byte> root = stackalloc byte[MerkleTree.HashSize + 1];
        return Convert.TryFromBase64String(lines[2], root, out var length) && length == MerkleTree.HashSize
            ? new(lines[0], size, root[..length].ToArray())
            : null;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
