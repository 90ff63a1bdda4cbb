namespace Nexus.Data.Identity;

/// <summary>
/// The request with an Idempotency-Key that is being answered: whatever it saves marks the key's row in the same transaction, so that
/// after a crash it is known whether anything was done.
/// </summary>
public sealed class IdempotencyScope : IDisposable
{
    private static readonly AsyncLocal<IdempotencyScope?> Ambient = new();

    private IdempotencyScope(string actor, string key) => (Actor, Key) = (actor, key);

    internal static IdempotencyScope? Current => Ambient.Value;

    internal string Actor { get; }

    internal string Key { get; }

    /// <summary>From here to its disposal, in this flow of work.</summary>
    public static IdempotencyScope Begin(string actor, string key) => Ambient.Value = new(actor, key);

    public void Dispose() => Ambient.Value = null;

    /// <summary>Puts the mark among what the context saves.</summary>
    internal void Mark(NexusDb db)
    {
        if (db.ChangeTracker.Entries<IdempotentRequest>().Any(row => row.Entity.Actor == Actor && row.Entity.Key == Key)) return;
        db.Attach(new IdempotentRequest { Actor = Actor, Key = Key, CreatedAt = default }).Entity.Done = true;
        db.ChangeTracker.DetectChanges();
    }
}
