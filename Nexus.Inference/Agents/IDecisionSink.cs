using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>Takes part in the journal's drain: what it writes commits with the decisions themselves, exactly once.</summary>
public interface IDecisionSink
{
    /// <param name="db">
    /// Within the drain's transaction, the batch's decisions inserted; use it or its connection, and commit nothing. If the
    /// transaction fails, the same records come again: keep nothing of a batch in memory.
    /// </param>
    Task WriteAsync(NexusDb db, JournalBatch batch, CancellationToken ct);
}
