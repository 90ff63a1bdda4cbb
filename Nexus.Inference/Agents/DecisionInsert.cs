using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Storage.Databases;

namespace Nexus.Inference.Agents;

/// <summary>Journaled decisions as rows, written in bulk.</summary>
internal static class DecisionInsert
{
    /// <param name="db">With its transaction begun.</param>
    public static Task WriteAsync(NexusDb db, IReadOnlyList<JournaledDecision> decisions, CancellationToken ct)
    {
        var provider = db.Provider;
        return provider.InsertAsync(db, decisions.Select(decision => Row(provider, decision)).ToList(), ct);
    }

    private static Decision Row(DatabaseProvider provider, JournaledDecision decision) => new()
    {
        Id = decision.Id,
        AgentId = decision.Schema.AgentId,
        At = decision.At,
        ModelVersion = decision.Schema.ModelVersion,
        Variant = decision.Variant,
        PlanRevision = decision.PlanRevision,
        Unit = provider.Storable(decision.Unit),
        Subject = provider.Storable(decision.Subject),
        Label = provider.Storable(decision.Label is { Length: > 256 } label ? label[..256] : decision.Label),
        Score = decision.Score,
        LatencyMicroseconds = decision.LatencyMicroseconds,
        Payload = decision.Payload,
    };
}
