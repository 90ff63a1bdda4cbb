namespace Nexus.Data.Identity;

/// <summary>
/// The request with an Idempotency-Key that is being answered: whatever it saves marks the key's row in the same transaction, so that
/// after a crash it is known whether anything was done. Where another attempt has taken the row meanwhile, nothing is saved.
/// </summary>
public sealed class IdempotencyScope : IDisposable
{
    private static readonly AsyncLocal<IdempotencyScope?> Ambient = new();

    private readonly IdempotentRequest _taken;

    private IdempotencyScope(IdempotentRequest taken) => _taken = taken;

    internal static IdempotencyScope? Current => Ambient.Value;

    /// <summary>From here to its disposal, in this flow of work.</summary>
    public static IdempotencyScope Begin(IdempotentRequest taken) => Ambient.Value = new(taken);

    public void Dispose() => Ambient.Value = null;

    /// <summary>Puts the mark among what the context saves.</summary>
    internal void Mark(NexusDb db)
    {
        if (db.ChangeTracker.Entries<IdempotentRequest>().Any(row => row.Entity.Actor == _taken.Actor && row.Entity.Key == _taken.Key)) return;
        db.Attach(new IdempotentRequest { Actor = _taken.Actor, Key = _taken.Key, CreatedAt = default, Attempt = _taken.Attempt }).Entity.Done = true;
        db.ChangeTracker.DetectChanges();
    }
}
