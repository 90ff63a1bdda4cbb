namespace Nexus.Data.Audit;

/// <summary>Where the ledger is first not what it was.</summary>
public sealed record BrokenEntry(long Sequence, string Reason);
