using System.Text;
using NSec.Cryptography;
using SHA256 = System.Security.Cryptography.SHA256;

namespace Nexus.Data.Audit;

/// <summary>The public half of a key that signs notes (C2SP signed-note, Ed25519).</summary>
internal sealed class NoteKey(string name, byte[] publicKey)
{
    private const byte Ed25519Algorithm = 1;
    private static readonly SignatureAlgorithm Ed25519 = SignatureAlgorithm.Ed25519;

    public string Name { get; } = name;

    /// <summary>The first 4 bytes of <c>SHA256(name ‖ \n ‖ 01 ‖ public key)</c>.</summary>
    public byte[] Id { get; } = SHA256.HashData([.. Encoding.UTF8.GetBytes(name + "\n"), Ed25519Algorithm, .. publicKey])[..4];

    /// <summary>The key as others write it down to check notes with: <c>name+id+base64</c>.</summary>
    public string Verifier => $"{Name}+{Convert.ToHexStringLower(Id)}+{Convert.ToBase64String([Ed25519Algorithm, .. publicKey])}";

    /// <summary>Whether one of the signature lines is this key's, and right.</summary>
    public bool Verifies(string body, IEnumerable<string> signatures) => signatures.Any(line => Verifies(CheckpointNote.Bytes(body), line));

    public string Line(byte[] signature) => $"— {Name} {Convert.ToBase64String([.. Id, .. signature])}";

    private bool Verifies(byte[] body, string line)
    {
        var start = $"— {Name} ";
        if (!line.StartsWith(start, StringComparison.Ordinal)) return false;
        Span<byte> signed = stackalloc byte[Id.Length + Ed25519.SignatureSize + 1];
        return Convert.TryFromBase64String(line[start.Length..], signed, out var length)
            && length == Id.Length + Ed25519.SignatureSize
            && signed[..Id.Length].SequenceEqual(Id)
            && PublicKey.TryImport(Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
            && Ed25519.Verify(key!, body, signed[Id.Length..length]);
    }
}
