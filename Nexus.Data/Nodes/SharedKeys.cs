using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Nodes;

/// <summary>
/// The keys that all nodes have in common, in the database, sealed under <see cref="NexusOptions.Secret"/>: who has the database
/// alone can neither sign a session nor a checkpoint of the ledger.
/// </summary>
public sealed class SharedKeys(IDbContextFactory<NexusDb> contexts, IOptions<NexusOptions> options, TimeProvider time)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[]? _key = options.Value.Secret is { } secret
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "nexus-portal/shared-keys"u8.ToArray())
        : null;

    /// <summary>Whether a secret is set; else keys are files of this node.</summary>
    public bool AreOn => _key is not null;

    /// <summary>The key of that name; where there is none, the one made becomes everybody's.</summary>
    public byte[] Get(string name, Func<byte[]> make)
    {
        if (Find(name) is { } found) return found;
        Add(name, make());
        return Find(name)!; // Another node may have been first.
    }

    /// <summary>All keys whose name begins so.</summary>
    public IReadOnlyList<byte[]> List(string prefix)
    {
        using var db = contexts.CreateDbContext();
        return [.. db.SharedKeys.AsNoTracking().Where(k => k.Name.StartsWith(prefix)).OrderBy(k => k.Name).AsEnumerable().Select(Open)];
    }

    /// <summary>Keeps a key, unless there is one of that name.</summary>
    public void Add(string name, byte[] key) => Task.Run(() => AddAsync(name, key)).GetAwaiter().GetResult(); // the interfaces that ask are not asynchronous

    /// <exception cref="InvalidOperationException">The secret is another than that of the other nodes.</exception>
    internal async Task CheckAsync(CancellationToken ct)
    {
        if (!AreOn) return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SharedKeys.AsNoTracking().OrderBy(k => k.Name).FirstOrDefaultAsync(ct) is { } any) Open(any);
    }

    private byte[]? Find(string name)
    {
        using var db = contexts.CreateDbContext();
        return db.SharedKeys.AsNoTracking().FirstOrDefault(k => k.Name == name) is { } found ? Open(found) : null;
    }

    private async Task AddAsync(string name, byte[] key)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.SharedKeys.Add(new() { Name = name, Sealed = Seal(name, key), CreatedAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException taken) when (UniqueViolation.Is(taken))
        {
            // Another node has made it.
        }
    }

    private byte[] Seal(string name, byte[] key)
    {
        var box = new byte[NonceBytes + TagBytes + key.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key!, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), key, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return box;
    }

    private byte[] Open(SharedKey shared)
    {
        var box = shared.Sealed;
        if (box.Length < NonceBytes + TagBytes) throw new InvalidOperationException($"The shared key '{shared.Name}' is damaged.");
        var key = new byte[box.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(_key!, TagBytes);
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), key, Encoding.UTF8.GetBytes(shared.Name));
            return key;
        }
        catch (AuthenticationTagMismatchException wrong)
        {
            throw new InvalidOperationException("Nexus:Secret is not the one under which the keys in this database are sealed.", wrong);
        }
    }
}
