namespace Nexus.Data.Audit;

/// <summary>What is known of the ledger.</summary>
/// <param name="Verified">Up to which entry all was found whole.</param>
/// <param name="At">When that was found; null before the first walk has ended.</param>
/// <param name="Broken">Null where nothing is wrong.</param>
public sealed record LedgerState(long Verified, DateTimeOffset? At, BrokenEntry? Broken);
