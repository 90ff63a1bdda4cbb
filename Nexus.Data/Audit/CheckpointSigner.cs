using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Nexus.Data.Audit;

/// <summary>
/// Signs checkpoints by Ed25519. The key is made once: under <c>keys</c> in the data directory, or, where nodes share their keys,
/// among those, which begin with this node's own. Who keeps its <see cref="Verifier"/> elsewhere can tell whether it was exchanged.
/// </summary>
internal sealed class CheckpointSigner
{
    public const string Origin = "nexus-portal/ledger";

    private const string Name = "ledger-ed25519";
    private readonly byte[] _seed;
    private readonly NoteKey _key;

    public CheckpointSigner(IOptions<NexusOptions> options, SharedKeys keys)
    {
        var file = Path.Combine(options.Value.PathOf("keys"), Name);
        _seed = keys.AreOn ? keys.Get(Name, () => LoadOrMake(file)) : LoadOrMake(file);
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_seed, 0, publicKey, 0);
        _key = new(Origin, publicKey);
    }

    public string Verifier => _key.Verifier;

    public string Sign(CheckpointNote note)
    {
        var body = CheckpointNote.Bytes(note.Body);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, body, 0, body.Length, signature, 0);
        return $"{note.Body}\n{_key.Line(signature)}\n";
    }

    /// <summary>The checkpoint in a signed text; null where the form, the origin or the signature is wrong.</summary>
    public CheckpointNote? Open(string text) =>
        CheckpointNote.Split(text) is var (body, signatures)
        && _key.Verifies(body, signatures)
        && CheckpointNote.Parse(body) is { Origin: Origin } note
            ? note
            : null;

    private static byte[] LoadOrMake(string path)
    {
        if (File.Exists(path)) return Convert.FromBase64String(File.ReadAllText(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var seed = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(Convert.ToBase64String(seed));
        return seed;
    }
}
