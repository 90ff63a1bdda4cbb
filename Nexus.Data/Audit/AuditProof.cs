namespace Nexus.Data.Audit;

/// <summary>That an entry is under a checkpoint: with its canonical bytes, enough to check it elsewhere (RFC 6962 §2.1.1).</summary>
/// <param name="Canonical">The bytes that are hashed, as text.</param>
/// <param name="LeafHash">Lower-case hex.</param>
/// <param name="Path">From the leaf to the root, lower-case hex; null where no checkpoint covers the entry yet.</param>
/// <param name="Checkpoint">The newest one that covers it.</param>
/// <param name="Holds">Whether leaf and path give the checkpoint's root.</param>
public sealed record AuditProof(AuditEntry Entry, string Canonical, string LeafHash, IReadOnlyList<string>? Path, CheckpointView? Checkpoint, bool Holds);
