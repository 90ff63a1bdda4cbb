using System.Buffers;
using Nexus.Data;
using Nexus.Data.Agents;

namespace Nexus.Inference.Agents;

/// <summary>Journaled decisions as rows, written in bulk.</summary>
internal static class DecisionInsert
{
    private const int LongestLabel = 256;

    /// <param name="db">With its transaction begun.</param>
    public static async Task WriteAsync(NexusDb db, IReadOnlyList<JournaledDecision> decisions, CancellationToken ct)
    {
        var rows = ArrayPool<DecisionRow>.Shared.Rent(decisions.Count);
        for (var i = 0; i < decisions.Count; i++) rows[i] = Row(decisions[i]);
        await db.Provider.InsertAsync(db, rows.AsMemory(0, decisions.Count), ct);
        ArrayPool<DecisionRow>.Shared.Return(rows, clearArray: true);
    }

    private static DecisionRow Row(in JournaledDecision decision) => new(
        decision.Id, decision.Schema.AgentId, decision.At, decision.Schema.ModelVersion, decision.Variant, decision.PlanRevision, decision.Unit, decision.Subject,
        decision.Label is { Length: > LongestLabel } label ? label[..LongestLabel] : decision.Label, decision.Score, decision.LatencyMicroseconds, decision.Payload);
}
