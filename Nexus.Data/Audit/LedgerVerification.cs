namespace Nexus.Data.Audit;

/// <summary>What a walk over the whole ledger found.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Head">Hash of the last entry, lower-case hex.</param>
/// <param name="FirstBroken">Null where it is whole.</param>
/// <param name="Checkpoint">The newest one.</param>
public sealed record LedgerVerification(bool Valid, long Entries, string Head, BrokenEntry? FirstBroken, CheckpointView? Checkpoint);
