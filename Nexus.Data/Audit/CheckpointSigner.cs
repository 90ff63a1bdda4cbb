using Microsoft.Extensions.Options;
using Nexus.Data.Nodes;
using NSec.Cryptography;
using RandomNumberGenerator = System.Security.Cryptography.RandomNumberGenerator;

namespace Nexus.Data.Audit;

/// <summary>
/// Signs checkpoints by Ed25519. The key is made once: under <c>keys</c> in the data directory, or, where nodes share their keys,
/// among those, which begin with this node's own. Who keeps its <see cref="Verifier"/> elsewhere can tell whether it was exchanged.
/// </summary>
internal sealed class CheckpointSigner : IDisposable
{
    public const string Origin = "nexus-portal/ledger";

    private const string Name = "ledger-ed25519";
    private readonly Key _secret;
    private readonly NoteKey _key;

    public CheckpointSigner(IOptions<NexusOptions> options, SharedKeys keys)
    {
        var file = Path.Combine(options.Value.PathOf("keys"), Name);
        var seed = keys.AreOn ? keys.Get(Name, () => LoadOrMake(file)) : LoadOrMake(file);
        _secret = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        _key = new(Origin, _secret.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public string Verifier => _key.Verifier;

    public string Sign(CheckpointNote note)
    {
        var body = CheckpointNote.Bytes(note.Body);
        return $"{note.Body}\n{_key.Line(SignatureAlgorithm.Ed25519.Sign(_secret, body))}\n";
    }

    /// <summary>The checkpoint in a signed text; null where the form, the origin or the signature is wrong.</summary>
    public CheckpointNote? Open(string text) =>
        CheckpointNote.Split(text) is var (body, signatures)
        && _key.Verifies(body, signatures)
        && CheckpointNote.Parse(body) is { Origin: Origin } note
            ? note
            : null;

    public void Dispose() => _secret.Dispose();

    private static byte[] LoadOrMake(string path)
    {
        if (File.Exists(path)) return Convert.FromBase64String(File.ReadAllText(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var seed = RandomNumberGenerator.GetBytes(SignatureAlgorithm.Ed25519.PrivateKeySize);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.Write(Convert.ToBase64String(seed));
        return seed;
    }
}
